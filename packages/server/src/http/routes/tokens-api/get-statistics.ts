import { StatisticsQuerySchema, StatisticsSchema, type TokensApiErrorCode } from '@latchkey/wire/tokens-api';
import { type NamedCount, readStatistics, type Statistics } from '../../../usage/read-statistics.ts';
import { tokensApiEndpoint } from '../../endpoint.ts';
import { answer, fail } from '../../failure.ts';
import { isoTime } from '../../iso-time.ts';
import { tokensApiFailure } from '../../refusal-failure.ts';

const DAY_MS = 24 * 3600 * 1000;
const USUAL_DAYS = 30;
const DAYS_LIMIT = 31;

export const getStatisticsEndpoint = tokensApiEndpoint({
  method: 'get',
  path: '/statistics/v1',
  operationId: 'getStatistics',
  summary: 'Read statistics',
  description:
    'Requests of the account that were let in, by service and day (UTC), as verifiers reported them.',
  requires: ['statistics:read'],
  query: StatisticsQuerySchema,
  success: { status: 200, schema: StatisticsSchema, description: 'Days without use are left out.' },
  async handle(deps, caller, { query }) {
    const { token_id, period_start, period_end } = query;
    const now = deps.now();
    const last = period_end === undefined ? beginningOfDay(now) : readDate(period_end);
    if (last === undefined) return wrong('period_end', 'period_end must be a date: 2026-11-30.');
    const first = period_start === undefined ? last - (USUAL_DAYS - 1) * DAY_MS : readDate(period_start);
    if (first === undefined) return wrong('period_start', 'period_start must be a date: 2026-11-01.');
    if (first > last) return wrong('period_start', 'period_start must not come after period_end.');
    if (last - first >= DAYS_LIMIT * DAY_MS) {
      return wrong('period_start', `A period has at most ${DAYS_LIMIT} days.`);
    }
    const period = { token: token_id, from: first, to: last + DAY_MS };
    const outcome = await readStatistics(deps, caller, period);
    if (!outcome.ok) return tokensApiFailure(outcome.refusal);
    return answer(200, {
      data: {
        period: { start: dateOf(first), end: dateOf(last) },
        token_id: token_id ?? null,
        ...productsOf(outcome.value),
      },
      generated_at: isoTime(now),
    });
  },
});

function wrong(field: string, detail: string) {
  return fail<TokensApiErrorCode>('period_invalid', { field, detail });
}

function productsOf({ services }: Statistics) {
  const days = new Set(services.flatMap(({ daily }) => daily.map(({ at }) => dateOf(at))));
  const products = services.map(({ name, daily, clients, origins }) => [
    name,
    {
      daily: daily.map(({ at, count }) => ({ date: dateOf(at), usage: count })),
      // Countries would need a map of addresses, which is not kept here.
      dimensions: { browsers: clients.map(dimension), countries: [], hosts: origins.map(dimension) },
    },
  ]);
  return { activeDays: [...days].sort(), products: Object.fromEntries(products) };
}

function dimension({ name, count }: NamedCount): { name: string; usage: number } {
  return { name, usage: count };
}

function beginningOfDay(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS;
}

/** The beginning of a day of UTC; undefined where no calendar has it. */
function readDate(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dateOf(at) === text ? at : undefined;
}

function dateOf(at: number): string {
  return isoTime(at).slice(0, 10);
}
