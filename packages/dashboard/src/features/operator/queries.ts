import { LatchkeyUnreachableError } from '@latchkey/wire/client';
import type { CreateAccountBody } from '@latchkey/wire/native';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { clientFor } from '../../api/client.ts';

const OFTEN_MS = 5_000;
const PAGE_SIZE = 100;

/** All accounts of the installation, by name. `operator`: the name of the operator's account. */
export function accountsQuery(operator: string) {
  return infiniteQueryOptions({
    queryKey: ['account', operator, 'accounts'],
    queryFn: ({ pageParam }) =>
      clientFor(operator).native.accounts.list({ limit: PAGE_SIZE, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function createAccount(operator: string, body: CreateAccountBody, idempotencyKey: string) {
  return clientFor(operator).native.accounts.create(body, { idempotencyKey });
}

export function changeAccount(operator: string, name: string, act: 'suspend' | 'resume') {
  return clientFor(operator).native.accounts[act](name);
}

export const catalogueQuery = queryOptions({
  queryKey: ['scopes'],
  queryFn: () => clientFor().native.scopes(),
  staleTime: 10 * 60_000,
});

export function verifiersQuery(operator: string) {
  return queryOptions({
    queryKey: ['account', operator, 'verifiers'],
    queryFn: () => clientFor(operator).native.verifiers(),
    staleTime: OFTEN_MS,
    refetchInterval: OFTEN_MS,
  });
}

/** Whether the store answers. */
export const readyQuery = queryOptions({
  queryKey: ['ready'],
  queryFn: async () => (await ask('/readyz')).ok,
  staleTime: OFTEN_MS,
  refetchInterval: OFTEN_MS,
});

/** The server's version, which stands in its own description. */
export const versionQuery = queryOptions({
  queryKey: ['version'],
  queryFn: async (): Promise<string | null> => {
    const document: unknown = await (await ask('/openapi.json')).json();
    const info =
      typeof document === 'object' && document !== null && 'info' in document ? document.info : null;
    const version = typeof info === 'object' && info !== null && 'version' in info ? info.version : null;
    return typeof version === 'string' ? version : null;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

async function ask(path: string): Promise<Response> {
  try {
    return await fetch(path);
  } catch (error) {
    throw new LatchkeyUnreachableError('connection_failed', `Cannot reach ${path}`, error);
  }
}
