import { parseTokenId } from '@latchkey/core';
import type { TokenStore } from '../store/store.ts';
import type { UsageStore } from '../store/usage-store.ts';
import type { Caller } from '../tokens/caller.ts';
import { refuseCaller } from '../tokens/check-caller.ts';
import { tokenNotFound } from '../tokens/find-own.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done } from '../tokens/outcome.ts';

export interface Statistics {
  readonly services: readonly ServiceStatistics[];
}

export interface ServiceStatistics {
  readonly name: string;
  /** By day, in order; days without use are left out. `at`: its beginning, unix milliseconds. */
  readonly daily: readonly { readonly at: number; readonly count: number }[];
  /** The most frequent first. */
  readonly clients: readonly NamedCount[];
  readonly origins: readonly NamedCount[];
}

export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** Requests of the caller's account that were let in, by service and day. Needs `statistics:read`. */
export async function readStatistics(
  { store }: { readonly store: Pick<UsageStore, 'usage'> & Pick<TokenStore, 'token'> },
  caller: Caller,
  input: { readonly token: string | undefined; readonly from: number; readonly to: number },
): Promise<Outcome<Statistics>> {
  const { name } = caller.account;
  const early = refuseCaller(caller, name, 'statistics:read');
  if (early !== undefined) return early;
  const token = input.token === undefined ? null : parseTokenId(input.token);
  if (token === undefined) return tokenNotFound();
  if (token !== null && (await store.token(token))?.account !== name) return tokenNotFound();
  const { from, to } = input;
  const query = {
    account: name,
    token,
    service: null,
    kind: 'allowed',
    resolution: 'day',
    from,
    to,
  } as const;
  const [days, clients, origins] = await Promise.all([
    store.usage({ ...query, byTime: true, by: ['service'] }),
    store.usage({ ...query, byTime: false, by: ['service', 'client'] }),
    store.usage({ ...query, byTime: false, by: ['service', 'origin'] }),
  ]);
  const names = [...new Set(days.map(({ values: [service = ''] }) => service))].sort();
  const services = names.map((service) => ({
    name: service,
    daily: days
      .filter(({ values }) => values[0] === service)
      .map(({ at, count }) => ({ at: at ?? from, count })),
    clients: named(clients, service),
    origins: named(origins, service),
  }));
  return done({ services });
}

function named(
  lines: readonly { readonly values: readonly string[]; readonly count: number }[],
  service: string,
): readonly NamedCount[] {
  return lines
    .filter(({ values }) => values[0] === service && values[1] !== '')
    .map(({ values: [, name = ''], count }) => ({ name, count }))
    .sort((one, other) => other.count - one.count);
}
