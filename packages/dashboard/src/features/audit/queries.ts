import type { ListAuditQuery } from '@latchkey/wire/native';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { clientFor } from '../../api/client.ts';

const PAGE_SIZE = 50;

export type AuditFilter = Pick<
  ListAuditQuery,
  'action' | 'subject' | 'actor' | 'account' | 'since' | 'until'
>;

/** The log page by page, newest first. Fields that are undefined do not filter. */
export function auditQuery(account: string, filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ['account', account, 'audit', filter],
    queryFn: ({ pageParam }) =>
      clientFor(account).native.audit({ ...filter, limit: PAGE_SIZE, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}
