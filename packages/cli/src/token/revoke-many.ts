import type { Revocations, TokenFilter } from '@latchkey/wire/native';
import { confirmed } from '../confirmed.ts';
import type { Connection } from '../connection/connect.ts';
import { answer, type Context, paintFor } from '../context.ts';
import { showMoment } from '../terminal/moment.ts';
import type { Paint } from '../terminal/paint.ts';
import { drawTable } from '../terminal/table.ts';
import { refusePending } from './await-receipt.ts';

export interface RevokeManyOptions {
  readonly filter: TokenFilter;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly waitSeconds: number | undefined;
}

const SHOWN = 20;

/**
 * Revokes the tokens that a filter fits, after a look at what that stops: the server refuses where others fit by then. With
 * `dryRun` the look is all.
 */
export async function revokeMany(
  context: Context,
  { ask }: Pick<Connection, 'ask'>,
  { filter, dryRun, yes, waitSeconds }: RevokeManyOptions,
): Promise<void> {
  const { text } = context;
  const preview = await ask(({ native }) => native.tokens.revokeMany({ filter, dryRun: true }));
  if (dryRun || preview.count === 0) {
    const { revision: _, pending: __, ...told } = preview;
    answer(context, told, (paint) => drawPreview(preview, context, paint));
    return;
  }
  if (!yes) {
    const { err } = context.terminal;
    if (!context.globals().json) err.write(drawPreview(preview, context, paintFor(context, err)));
    await confirmed(context, false, text.token.confirmRevokeMany({ count: preview.count }));
  }
  const { revision, pending, ...ended } = await ask(({ native }) =>
    native.tokens.revokeMany({ filter, expected: preview.count }, { waitSeconds }),
  );
  answer(context, { ...ended, revision }, () => {
    const more = ended.more ? `${text.token.revokeMore}\n` : '';
    return `${text.token.revokedMany({ count: ended.count })}\n${more}`;
  });
  if (waitSeconds === undefined || revision === undefined) return;
  refusePending(context, { pending: pending ?? 0, revision }, waitSeconds);
}

function drawPreview(
  { count, temporary, inUse, more, tokens, users }: Revocations,
  { text }: Context,
  paint: Paint,
): string {
  if (count === 0) return `${text.token.noneFound}\n`;
  const { id, usage, note, lastUsed, usedBy } = text.token;
  const rows = tokens
    .slice(0, SHOWN)
    .map((one) => [
      one.id,
      one.usage,
      one.note ?? '',
      one.lastUsed === undefined ? text.common.never : showMoment(one.lastUsed.at),
      one.lastUsed === undefined ? '' : one.lastUsed.origin || one.lastUsed.client,
    ]);
  const rest = count > rows.length ? `${text.token.andMore({ count: count - rows.length })}\n` : '';
  const table = drawTable([id, usage, note, lastUsed, usedBy], rows, paint);
  const summary = text.token.revokePreview({ count, temporary, inUse, users: users.length });
  return `${table}${rest}${summary}\n${more ? `${text.token.revokeMore}\n` : ''}`;
}
