import { setTimeout as pause } from 'node:timers/promises';
import { LatchkeyApiError } from '@latchkey/wire/client';
import type { Receipt } from '@latchkey/wire/native';
import type { Connection } from '../connection/connect.ts';
import { type Context, paintFor } from '../context.ts';
import { Failure } from '../failure.ts';
import { receiptMoment } from '../receipt-moment.ts';
import { printable } from '../terminal/printable.ts';

/** What became of a revocation: with `receipt` where the caller may see it. */
export interface AwaitedRevocation {
  readonly id: string;
  readonly revision: number;
  readonly pending: number;
  readonly receipt?: Receipt;
}

const LOOK_EVERY_MS = 100;

/**
 * Revokes a token and waits until every verifier has applied that. Whoever may see receipts is shown each verifier as its
 * state changes; for others the server waits and tells a number.
 */
export async function revokeAndWait(
  context: Context,
  { ask }: Pick<Connection, 'ask'>,
  id: string,
  waitSeconds: number,
): Promise<AwaitedRevocation> {
  if (!(await maySeeVerifiers(ask))) {
    const { revision, pending = 0 } = await ask(({ native }) => native.tokens.revoke(id, { waitSeconds }));
    return { id, revision, pending };
  }
  const { revision } = await ask(({ native }) => native.tokens.revoke(id));
  return followReceipt(context, ask, { id, revision }, waitSeconds);
}

/** Shows each verifier as its state changes, until all have applied the change or the time is over. */
export async function followReceipt(
  context: Context,
  ask: Connection['ask'],
  { id, revision }: { readonly id: string; readonly revision: number },
  waitSeconds: number,
): Promise<AwaitedRevocation> {
  const end = performance.now() + waitSeconds * 1000;
  const shown = new Map<string, string>();
  for (;;) {
    const receipt = await ask(({ native }) => native.receipt(revision));
    show(context, receipt, shown);
    if (receipt.complete || performance.now() >= end) {
      const pending = receipt.verifiers.filter(({ state }) => state === 'pending' || state === 'unreachable');
      return { id, revision, pending: pending.length, receipt };
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** Ends the command where verifiers may still decide without the revocation. */
export function refusePending(
  { text }: Context,
  { pending, revision }: Pick<AwaitedRevocation, 'pending' | 'revision'>,
  waitSeconds: number,
): void {
  if (pending === 0) return;
  throw new Failure({
    exit: 'negative',
    code: 'receipt_pending',
    message: text.verifier.incomplete({ pending, seconds: waitSeconds }),
    fix: text.verifier.incompleteFix({ revision }),
  });
}

/** Whether the token may see receipts. */
export async function maySeeVerifiers(ask: Connection['ask']): Promise<boolean> {
  try {
    await ask(({ native }) => native.verifiers());
    return true;
  } catch (error) {
    const isRefused =
      error instanceof Failure && error.cause instanceof LatchkeyApiError && error.cause.status === 403;
    if (isRefused) return false;
    throw error;
  }
}

/** One line for each verifier whose state is another than was shown. */
function show(context: Context, { verifiers }: Receipt, shown: Map<string, string>): void {
  if (context.globals().json) return;
  const { err } = context.terminal;
  const { green, yellow, dim } = paintFor(context, err);
  const colourOf = { applied: green, expired: dim, pending: yellow, unreachable: yellow };
  for (const one of verifiers) {
    if (shown.get(one.id) === one.state) continue;
    shown.set(one.id, one.state);
    const line = context.text.verifier.progressOf[one.state]({
      name: one.name ?? one.id,
      time: receiptMoment(one),
    });
    err.write(`  ${colourOf[one.state](printable(line))}\n`);
  }
}
