/** The times of a reporter by the server's clock. All unix milliseconds. */
export interface CorrectedTimes {
  /** By how much the reporter's clock is ahead, less what the call took. */
  readonly skewMs: number;
  readonly moment: (at: number) => number;
  /** The beginning of the minute that a minute of the reporter is counted in. */
  readonly minute: (beginning: number) => number;
}

const MINUTE_MS = 60_000;
/** Nothing is put further back, so that a clock of nonsense does not write where nobody looks. */
const OLDEST_MS = 31 * 24 * 3600 * 1000;

/**
 * Puts a reporter's times right by what its clock said when it sent them. No time comes out later than now, nor older than 31
 * days. A minute is moved by whole minutes: with a clock that is right to half a minute, none is.
 *
 * @param sentAt undefined: the reporter's clock is taken to be right
 */
export function correctedTimes({
  now,
  sentAt,
}: {
  readonly now: number;
  readonly sentAt: number | undefined;
}): CorrectedTimes {
  const skewMs = sentAt === undefined ? 0 : sentAt - now;
  const bounded = (at: number) => Math.min(now, Math.max(now - OLDEST_MS, at));
  const moved = Math.round(skewMs / MINUTE_MS) * MINUTE_MS;
  return {
    skewMs,
    moment: (at) => bounded(at - skewMs),
    minute: (beginning) => Math.floor(bounded(beginning - moved) / MINUTE_MS) * MINUTE_MS,
  };
}
