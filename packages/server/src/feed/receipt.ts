import type { BoundedToken } from '@latchkey/wire/feed';
import { boundSecondsOf } from '@latchkey/wire/feed';
import type { SeenVerifier } from './verifier-registry.ts';

/** What has become of one change. Times are unix milliseconds by the server's clock. */
export interface Receipt {
  readonly revision: number;
  /** When it was committed. */
  readonly at: number;
  /** Every verifier has applied it, or has expired: nobody decides by the state before. */
  readonly complete: boolean;
  /** The moment from which that was so; null while it is not. */
  readonly completedAt: number | null;
  readonly verifiers: readonly VerifierReceipt[];
}

export type VerifierReceipt = ReceiptState & Pick<SeenVerifier, 'id' | 'name' | 'version'>;

export type ReceiptState =
  /** By then at the latest. */
  | { readonly state: 'applied'; readonly appliedAt: number }
  /** Connected, not yet. */
  | { readonly state: 'pending'; readonly pendingSince: number }
  /** Cut off: by then at the latest it refuses. */
  | { readonly state: 'unreachable'; readonly servesUntil: number }
  /** Its bound has passed: it refuses. */
  | { readonly state: 'expired'; readonly servesUntil: number };

export interface ReceiptChange {
  readonly revision: number;
  readonly at: number;
  /** The tokens that it is about, with the scopes that they have in every state that a verifier may know; never empty. */
  readonly tokens: readonly BoundedToken[];
}

/** Says of each verifier where it stands with a change of the epoch `epoch`. */
export function receiptOf(
  change: ReceiptChange,
  verifiers: readonly SeenVerifier[],
  { epoch, now }: { readonly epoch: string; readonly now: number },
): Receipt {
  const told = verifiers.map((verifier) => ({
    id: verifier.id,
    name: verifier.name,
    version: verifier.version,
    ...stateOf(change, verifier, epoch, now),
  }));
  const ends = told.map(endOf);
  const complete = ends.every((end) => end !== undefined);
  const completedAt = complete
    ? ends.reduce<number>((last, end = 0) => Math.max(last, end), change.at)
    : null;
  return { revision: change.revision, at: change.at, complete, completedAt, verifiers: told };
}

/** How many verifiers may still decide by the state before. */
export function pendingOf({ verifiers }: Receipt): number {
  return verifiers.filter((one) => endOf(one) === undefined).length;
}

function stateOf(
  { revision, at, tokens }: ReceiptChange,
  verifier: SeenVerifier,
  epoch: string,
  now: number,
): ReceiptState {
  // Only the newest times are kept: an older revision was applied by the first of them at the latest.
  const applied =
    verifier.epoch === epoch ? verifier.applied.find((one) => one.revision >= revision) : undefined;
  if (applied !== undefined) return { state: 'applied', appliedAt: Math.max(applied.at, at) };
  if (verifier.isReachable) {
    return { state: 'pending', pendingSince: Math.max(at, verifier.connectedAt) };
  }
  const told = verifier.former === null ? [verifier] : [verifier, verifier.former];
  const servesUntil = Math.max(
    ...told.flatMap(({ staleness, ackedBefore }) =>
      tokens.map((token) => ackedBefore + boundSecondsOf(token, staleness) * 1000),
    ),
  );
  return { state: servesUntil <= now ? 'expired' : 'unreachable', servesUntil };
}

function endOf(one: ReceiptState): number | undefined {
  if (one.state === 'applied') return one.appliedAt;
  return one.state === 'expired' ? one.servesUntil : undefined;
}
