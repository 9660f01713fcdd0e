import { queryOptions } from '@tanstack/react-query';
import { clientFor } from '../../api/client.ts';

/** Both change with the operator's configuration only. */
const RARELY_MS = 10 * 60_000;

export const servicesQuery = queryOptions({
  queryKey: ['services'],
  queryFn: () => clientFor().native.services(),
  staleTime: RARELY_MS,
});

export const scopesQuery = queryOptions({
  queryKey: ['scopes'],
  queryFn: () => clientFor().native.scopes(),
  staleTime: RARELY_MS,
});
