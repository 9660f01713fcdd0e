import type { RevokeTokensBody, TokenFilter } from '@latchkey/wire/native';
import { isFiltered, type ListSearch } from './list-search.ts';

/** Which tokens are to be revoked: those that were ticked, or all that the list's search and filters leave over. */
export type RevocationChoice = Pick<RevokeTokensBody, 'ids'> | Pick<RevokeTokensBody, 'filter'>;

/** So many tokens one call revokes at most. */
export const CHOICE_LIMIT = 1000;

/** What the list shows as a filter of a revocation; undefined: it is not narrowed, or shows what is revoked already. */
export function revocableFilter(search: ListSearch): TokenFilter | undefined {
  if (!isFiltered(search) || search.status === 'revoked') return undefined;
  const { q, usage, status, scope, unused, exposed, anywhere } = search;
  return {
    ...(q === undefined ? {} : { text: q.trim() }),
    ...(usage === undefined ? {} : { usage }),
    ...(status === undefined ? {} : { status }),
    ...(scope === undefined ? {} : { scope }),
    ...(unused === undefined ? {} : { unusedDays: unused }),
    ...(exposed === undefined ? {} : { exposed }),
    ...(anywhere === undefined ? {} : { anywhere }),
  };
}
