import type { RejectedRecord, StalenessBounds } from '@latchkey/wire/feed';

/** How a verifier is doing. */
export interface VerifierStatus {
  /** A stream to the server is open. */
  readonly connected: boolean;
  /** Unknown tokens are really unknown: the replica is complete, as of at most ten seconds ago. */
  readonly current: boolean;
  /** The place in the server's history up to which everything is applied; undefined before the first snapshot. */
  readonly cursor: string | undefined;
  /** Seconds since the replica was known to be complete; undefined before it was for the first time. */
  readonly ageSeconds: number | undefined;
  /** The bounds that hold, in seconds: an older replica refuses tokens. */
  readonly staleness: StalenessBounds;
  /** Whose bound has passed: all tokens of these classes are refused. */
  readonly stale: readonly StaleClass[];
  /** How many tokens are known, revoked ones included. */
  readonly tokens: number;
  /** Records that could not be read, or hold a restriction that is unknown: their tokens are denied. `newest` holds at most a hundred. */
  readonly rejected: { readonly count: number; readonly newest: readonly RejectedRecord[] };
  /** Why there is no connection, or why the last ack failed; for people. */
  readonly problem: string | undefined;
  /** Of the copy on disk; undefined where none is kept. */
  readonly disk: DiskStatus | undefined;
  /** Of what it counts of the requests that it decides. */
  readonly usage: UsageStatus;
  /** The server says that it no longer serves verifiers of this version. */
  readonly outdated: boolean;
}

export type StaleClass = 'secret' | 'temporary' | 'public';

export interface DiskStatus {
  /** Unix milliseconds at which the copy was complete: it can be used from then on until the bounds of staleness. */
  readonly completeAt: number | undefined;
  /** Why the copy was not used or could not be saved; for people. */
  readonly problem: string | undefined;
}

export interface UsageStatus {
  /** When the server answered the newest report, by its own clock; unix milliseconds, undefined before the first. */
  readonly reportedAt: number | undefined;
  /** Why reports are late or lacking; for people. */
  readonly problem: string | undefined;
}

/** True where dotted version `version` is lower than `minimum`. What is no version counts as new enough. */
export function isOlder(version: string, minimum: string): boolean {
  const parts = /^(\d+)\.(\d+)\.(\d+)/;
  const own = parts.exec(version);
  const least = parts.exec(minimum);
  if (own === null || least === null) return false;
  for (const place of [1, 2, 3]) {
    const difference = Number(own[place]) - Number(least[place]);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
