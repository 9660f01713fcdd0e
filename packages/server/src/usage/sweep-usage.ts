import type { UsageStore } from '../store/usage-store.ts';

export interface UsageKeeping {
  readonly minuteDays: number;
  readonly hourDays: number;
  readonly dayDays: number;
  readonly refusalHours: number;
}

export type UsageSweepStore = Pick<UsageStore, 'forgetUsage' | 'foldUsers'>;

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** A batch that comes again after this long would count again; verifiers that keep theirs so long have been dead as long. */
const REPORTERS_DAYS = 90;
/** Users of a token that are told apart in an hour or a day. */
const USERS_LIMIT = 64;
/** Late batches are of the last days. */
const FOLDED_DAYS = 3;

/** Forgets usage that was kept long enough, and puts the rarest users of tokens together. Answers how many rows went. */
export async function sweepUsage({
  store,
  usage,
  now,
}: {
  readonly store: UsageSweepStore;
  readonly usage: UsageKeeping;
  /** Unix milliseconds. */
  readonly now: () => number;
}): Promise<number> {
  const at = now();
  const forgotten = await store.forgetUsage({
    minutesBefore: at - usage.minuteDays * DAY_MS,
    hoursBefore: at - usage.hourDays * DAY_MS,
    daysBefore: at - usage.dayDays * DAY_MS,
    refusalsBefore: at - usage.refusalHours * HOUR_MS,
    reportersBefore: at - REPORTERS_DAYS * DAY_MS,
  });
  return forgotten + (await store.foldUsers({ since: at - FOLDED_DAYS * DAY_MS, limit: USERS_LIMIT }));
}
