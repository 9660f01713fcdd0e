import type { RotatedToken, RotateTokenBody } from '@latchkey/wire/native';
import { confirmed } from '../confirmed.ts';
import { type Connection, connect } from '../connection/connect.ts';
import { answer, type Context, paintFor, warn } from '../context.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { deliverSecret, type SecretResult } from '../secret/deliver-secret.ts';
import { followReceipt, maySeeVerifiers, refusePending } from './await-receipt.ts';
import { changeRotationCommand } from './change-rotation-command.ts';
import { drawRotation } from './draw-rotation.ts';
import { drawToken } from './draw-token.ts';
import { rotationOptions, termBody } from './rotation-options.ts';
import { rotationStatusCommand } from './rotation-status-command.ts';
import { undoRotationCommand } from './undo-rotation-command.ts';

/** As long as the server holds an answer. */
const LONGEST_WAIT_SECONDS = 30;

/**
 * `latchkey token rotate`: the successor with its text, and `rotation`. The text is handed over before anything is waited for,
 * so that no wait can lose it.
 */
export function rotateTokenCommand(context: Context) {
  const { text, terminal } = context;
  const values = optionValues(text);
  const term = rotationOptions(context);
  const readMoment = values.moment('--expires', terminal.now);
  return localisedCommand('rotate', terminal, text)
    .description(text.help.tokenRotate)
    .argument('<id>', text.options.tokenId, values.tokenId)
    .addOption(term.grace)
    .addOption(term.untilQuiet)
    .option('--expires <when>', text.options.rotateExpires, (value) =>
      value === 'never' ? null : readMoment(value),
    )
    .option('--wait [seconds]', text.options.wait, values.wholeNumber('--wait', 1, LONGEST_WAIT_SECONDS))
    .option('--idempotency-key <key>', text.options.idempotencyKey)
    .option('--out <file>', text.options.out)
    .option('-y, --yes', text.options.yes, false)
    .addHelpText(
      'after',
      examplesText(text, [
        [
          'latchkey token rotate cmabcdefghijklmnopqrstuvw --grace 2d --out new.token',
          text.help.tokenRotateGrace,
        ],
        ['latchkey token rotate cmabcdefghijklmnopqrstuvw --until-quiet 1d', text.help.tokenRotateQuiet],
        ['latchkey token rotate cmabcdefghijklmnopqrstuvw --grace 0s --wait 10', text.help.tokenRotateLeaked],
      ]),
    )
    .addCommand(rotationStatusCommand(context))
    .addCommand(changeRotationCommand(context))
    .addCommand(undoRotationCommand(context))
    .action(async (id, { grace, untilQuiet, expires, wait, idempotencyKey, out, yes }) => {
      const { ask } = await connect(context, 'token');
      if (grace === 0 && !yes) {
        const { note } = await ask(({ native }) => native.tokens.get(id));
        await confirmed(context, false, text.rotation.confirmAtOnce({ id, note: note ?? '' }));
      }
      const body = { ...termBody({ grace, untilQuiet }), ...(expires === undefined ? {} : { expires }) };
      const waitSeconds = wait === true ? LONGEST_WAIT_SECONDS : wait;
      const follows = waitSeconds !== undefined && (await maySeeVerifiers(ask));
      let rotated: Rotated | undefined;
      await deliverSecret(context, out, async () => {
        const serverWaits = follows ? undefined : waitSeconds;
        rotated = await rotate(ask, id, body, { idempotencyKey, waitSeconds: serverWaits });
        return shown(context, rotated.successor);
      });
      if (rotated === undefined) throw new Error('a token was delivered that was not made');
      if (waitSeconds !== undefined) await awaitChange(context, ask, rotated, waitSeconds, follows);
      hint(context, rotated.successor);
    });
}

interface Rotated {
  readonly successor: RotatedToken;
  readonly pending: number | undefined;
}

async function rotate(
  ask: Connection['ask'],
  id: string,
  body: RotateTokenBody,
  options: { readonly idempotencyKey: string | undefined; readonly waitSeconds: number | undefined },
): Promise<Rotated> {
  return ask(({ native }) => native.tokens.rotate(id, body, options));
}

function shown(context: Context, successor: RotatedToken): SecretResult<RotatedToken> {
  const { text } = context;
  if (successor.code === 'secret_already_shown') warn(context, text.token.secretAlreadyShown);
  const { token: _text, rotation, ...withoutText } = successor;
  return {
    result: successor,
    secretKey: 'token',
    isShownOnce: successor.usage !== 'pk',
    human: (paint, secret) =>
      drawToken(secret === undefined ? withoutText : { ...withoutText, token: secret }, text, paint) +
      (rotation === undefined ? '' : `\n${drawRotation(rotation, text, paint)}`),
  };
}

/** Waits for the last change that the rotation made: the successor, or the end of the old token. */
async function awaitChange(
  context: Context,
  ask: Connection['ask'],
  { successor, pending = 0 }: Rotated,
  waitSeconds: number,
  follows: boolean,
): Promise<void> {
  const { rotation } = successor;
  const { id, revision } =
    rotation?.retired === undefined
      ? successor
      : await ask(({ native }) => native.tokens.get(rotation.token));
  const awaited = follows
    ? await followReceipt(context, ask, { id, revision }, waitSeconds)
    : { pending, revision };
  refusePending(context, awaited, waitSeconds);
  if (!context.globals().json) answer(context, '', () => `${context.text.verifier.complete}\n`);
}

function hint(context: Context, { rotation }: RotatedToken): void {
  if (rotation === undefined || context.globals().json) return;
  const { err } = context.terminal;
  const { dim } = paintFor(context, err);
  const old = rotation.token;
  const { next, retiredNow } = context.text.rotation;
  err.write(`${dim(rotation.retired === undefined ? next({ old }) : retiredNow({ old }))}\n`);
}
