import type { Usage } from '@latchkey/wire/native';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { clientFor } from '../../../api/client.ts';
import type { UsageSpan } from './range.ts';
import type { SeriesDimension } from './series.ts';

export interface UsageAsked {
  readonly account: string;
  /** Left out: all tokens of the account. */
  readonly token?: string | undefined;
  readonly span: UsageSpan;
  readonly by: SeriesDimension;
}

/** As often as verifiers report. */
const EVERY_MS = 10_000;

/** Requests over time. */
export function usageQuery({ account, token, span, by }: UsageAsked) {
  return queryOptions({
    queryKey: ['account', account, 'usage', token ?? null, by, span.from, span.to, span.step],
    queryFn: (): Promise<Usage> =>
      clientFor(account).native.usage({ ...span, by, account, ...(token === undefined ? {} : { token }) }),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  });
}

/** Requests in all, by outcome and by the scopes that were needed. */
export function outcomesQuery({ account, token, span }: Omit<UsageAsked, 'by'>) {
  return queryOptions({
    queryKey: ['account', account, 'usage', token ?? null, 'outcomes', span.from, span.to],
    queryFn: (): Promise<Usage> =>
      clientFor(account).native.usage({
        from: span.from,
        to: span.to,
        step: 'total',
        by: 'outcome,scope',
        account,
        ...(token === undefined ? {} : { token }),
      }),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  });
}

/** What the tokens of an account are called, by id: the newest thousand. */
export function tokenNamesQuery(account: string) {
  return queryOptions({
    queryKey: ['account', account, 'tokens', 'names'],
    queryFn: async (): Promise<ReadonlyMap<string, string>> => {
      const names = new Map<string, string>();
      let cursor: string | undefined;
      for (let page = 0; page < 10; page += 1) {
        const { items, next } = await clientFor(account).native.tokens.list({
          limit: 100,
          ...(cursor && { cursor }),
        });
        for (const { id, note } of items) if (note !== null) names.set(id, note);
        if (next === null) break;
        cursor = next;
      }
      return names;
    },
    staleTime: 60_000,
  });
}

/** Requests in all, by token, allowed and refused. */
export function tokenTotalsQuery(account: string, { from, to }: UsageSpan) {
  return queryOptions({
    queryKey: ['account', account, 'usage', 'by token', from, to],
    queryFn: () => clientFor(account).native.usage({ from, to, step: 'total', by: 'token,kind', account }),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  });
}
