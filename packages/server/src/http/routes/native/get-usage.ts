import {
  type ProblemCode,
  USAGE_DIMENSIONS,
  type UsageDimension,
  UsageQuerySchema,
  UsageSchema,
} from '@latchkey/wire/native';
import type { UsageLine } from '../../../store/usage-store.ts';
import { readUsage } from '../../../usage/read-usage.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { fail, stream } from '../../failure.ts';
import { isoTime, parseIsoTime } from '../../iso-time.ts';
import { nativeFailure } from '../../refusal-failure.ts';

export const getUsageEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/usage',
  operationId: 'getUsage',
  summary: 'Read usage',
  description:
    'Requests that verifiers decided, as they reported them, by time and dimensions. As CSV with `format=csv`. Origins, clients and addresses are known by the hour, and without scopes and reasons.',
  requires: ['statistics:read'],
  query: UsageQuerySchema,
  success: { status: 200, schema: UsageSchema, description: 'Sums; what is zero is left out.' },
  async handle(deps, caller, { query }) {
    const { step = 'day', format = 'json', account, token, service, kind } = query;
    const by = (query.by ?? '').split(',').filter((name) => name !== '');
    if (!by.every(isDimension) || new Set(by).size < by.length) {
      const detail = `by lists some of ${USAGE_DIMENSIONS.join(', ')}, each once, separated by commas.`;
      return fail<ProblemCode>('query_invalid', { field: 'by', detail });
    }
    const from = readTime(query.from);
    const to = readTime(query.to);
    for (const [field, time] of [
      ['from', from],
      ['to', to],
    ] as const) {
      if (time !== 'wrong') continue;
      const detail = `${field} must be a time (2026-11-01T00:00:00Z) or a date.`;
      return fail<ProblemCode>('query_invalid', { field, detail });
    }
    if (from === 'wrong' || to === 'wrong') return fail<ProblemCode>('query_invalid');
    const outcome = await readUsage(deps, caller, { from, to, step, by, account, token, service, kind });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { value } = outcome;
    if (format === 'csv') return stream('text/csv; charset=utf-8', asCsv(by, value.lines));
    const head = { from: isoTime(value.from), to: isoTime(value.to), step, by };
    return stream('application/json', asJson(head, by, value.lines));
  },
});

function isDimension(name: string): name is UsageDimension {
  return USAGE_DIMENSIONS.some((dimension) => dimension === name);
}

function readTime(text: string | undefined): number | undefined | 'wrong' {
  if (text === undefined) return undefined;
  return parseIsoTime(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text) ?? 'wrong';
}

type Lines = AsyncIterable<readonly UsageLine[]>;

async function* asJson(head: object, by: readonly UsageDimension[], lines: Lines): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"rows":[`;
  let separator = '';
  for await (const piece of lines) {
    if (piece.length === 0) continue;
    yield `${separator}${piece.map((line) => JSON.stringify(rowOf(by, line))).join(',\n')}`;
    separator = ',\n';
  }
  yield ']}';
}

function rowOf(by: readonly UsageDimension[], { at, values, count }: UsageLine): object {
  const row: Record<string, unknown> = at === null ? {} : { at: isoTime(at) };
  by.forEach((dimension, index) => {
    const value = values[index] ?? '';
    row[dimension] = value === '' && (dimension === 'token' || dimension === 'account') ? null : value;
  });
  return { ...row, count };
}

/** RFC 4180. */
async function* asCsv(by: readonly UsageDimension[], lines: Lines): AsyncGenerator<string> {
  yield `${['at', ...by, 'count'].join(',')}\r\n`;
  for await (const piece of lines) {
    const text = piece.map(({ at, values, count }) =>
      [at === null ? '' : isoTime(at), ...values.map(cell), String(count)].join(','),
    );
    if (text.length > 0) yield `${text.join('\r\n')}\r\n`;
  }
}

function cell(value: string): string {
  // What spreadsheets would take for a formula is told as text.
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
