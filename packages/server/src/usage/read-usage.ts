import type { TokenId } from '@latchkey/core';
import { parseAccountName, parseTokenId } from '@latchkey/core';
import type { UsageDimension, UsageLine, UsageQuery, UsageStep, UsageStore } from '../store/usage-store.ts';
import type { Caller } from '../tokens/caller.ts';
import { refuseCaller } from '../tokens/check-caller.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';
import type { UsageKeeping } from './sweep-usage.ts';

export interface ReadUsageInput {
  /** Unix milliseconds; not sent: as much as fits the step. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly step: UsageStep | 'total';
  readonly by: readonly UsageDimension[];
  /** Not sent: all that the caller may see, which is the own account, or every one for the operator's. */
  readonly account: string | undefined;
  readonly token: string | undefined;
  readonly service: string | undefined;
  readonly kind: 'allowed' | 'refused' | undefined;
}

export interface ReadUsage {
  /** Where the answer begins and ends: beginnings of steps. */
  readonly from: number;
  readonly to: number;
  /** In the order of time, read piece by piece as they are taken. */
  readonly lines: AsyncIterable<readonly UsageLine[]>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LENGTH_OF = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS } as const;
/** Without a beginning: an hour of minutes, a day of hours, thirty days. */
const USUAL_STEPS = { minute: 60, hour: 24, day: 30 } as const;
const STEPS_LIMIT = 10_080;
/** What is read at once. */
const PIECE_STEPS = 60;
const OF_SOURCES: readonly UsageDimension[] = ['origin', 'client', 'address'];
const NOT_OF_SOURCES: readonly UsageDimension[] = ['scope', 'outcome'];

/** Sums of usage. Needs `statistics:read`; the operator's account sees every account's, any other its own. */
export async function readUsage(
  deps: {
    readonly store: Pick<UsageStore, 'usage'>;
    readonly usage: UsageKeeping;
    /** Unix milliseconds. */
    readonly now: () => number;
  },
  caller: Caller,
  input: ReadUsageInput,
): Promise<Outcome<ReadUsage>> {
  const { name, kind } = caller.account;
  const asked = input.account ?? (kind === 'operator' ? null : name);
  const early = refuseCaller(caller, kind === 'operator' ? name : (asked ?? name), 'statistics:read');
  if (early !== undefined) return early;
  const isOfSources = input.by.some((dimension) => OF_SOURCES.includes(dimension));
  const clash = input.by.find((dimension) => isOfSources && NOT_OF_SOURCES.includes(dimension));
  if (clash !== undefined) {
    const detail = `${clash} is not known of origins, clients and addresses: ask for kind, or leave it out.`;
    return refused({ code: 'query_invalid', detail, field: 'by' });
  }
  if (isOfSources && input.step === 'minute') {
    const detail = 'Origins, clients and addresses are counted by the hour: ask for hour, day or total.';
    return refused({ code: 'query_invalid', detail, field: 'step' });
  }
  const account = asked === null ? null : parseAccountName(asked);
  const token = input.token === undefined ? null : parseTokenId(input.token);
  const span = spanOf(input, deps);
  if (span === undefined) {
    const detail = `from must come before to, and at most ${STEPS_LIMIT} steps lie between them.`;
    return refused({ code: 'query_invalid', detail, field: 'from' });
  }
  const { from, to, resolution } = span;
  if (account === undefined || token === undefined) return done({ from, to, lines: nothing() });
  const query = queryOf(input, { account, token });
  return done({ from, to, lines: piecesOf(deps.store, { ...query, from, to, resolution }) });
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly resolution: UsageStep;
}

function spanOf(
  { from, to, step }: Pick<ReadUsageInput, 'from' | 'to' | 'step'>,
  { usage, now }: { readonly usage: UsageKeeping; readonly now: () => number },
): Span | undefined {
  const end = to ?? now();
  const asked =
    from ?? end - USUAL_STEPS[step === 'total' ? 'day' : step] * LENGTH_OF[step === 'total' ? 'day' : step];
  const isInHours = asked >= now() - usage.hourDays * DAY_MS;
  const resolution = step === 'total' ? (isInHours ? 'hour' : 'day') : step;
  const length = LENGTH_OF[resolution];
  const beginning = Math.floor(asked / length) * length;
  const ending = Math.max(Math.ceil(end / length) * length, beginning + length);
  if (end < asked || (ending - beginning) / length > STEPS_LIMIT) return undefined;
  return { from: beginning, to: ending, resolution };
}

function queryOf(
  { by, service, kind, step }: ReadUsageInput,
  whose: Pick<UsageQuery, 'account' | 'token'> & { readonly token: TokenId | null },
) {
  return { ...whose, by, service: service ?? null, kind: kind ?? null, byTime: step !== 'total' };
}

async function* piecesOf(
  store: Pick<UsageStore, 'usage'>,
  query: UsageQuery,
): AsyncGenerator<readonly UsageLine[]> {
  if (!query.byTime) {
    yield await store.usage(query);
    return;
  }
  const piece = PIECE_STEPS * LENGTH_OF[query.resolution];
  for (let from = query.from; from < query.to; from += piece) {
    yield await store.usage({ ...query, from, to: Math.min(from + piece, query.to) });
  }
}

async function* nothing(): AsyncGenerator<readonly UsageLine[]> {}
