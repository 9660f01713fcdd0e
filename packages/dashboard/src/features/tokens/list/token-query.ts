import type { ListNativeTokensQuery } from '@latchkey/wire/native';
import type { ListSearch } from './list-search.ts';

/** What the server is asked for, but for the page. */
export function tokenQuery(search: ListSearch): Omit<ListNativeTokensQuery, 'cursor' | 'limit'> {
  const { q, usage, status, scope, unused, exposed, anywhere, sort } = search;
  return {
    ...(q === undefined ? {} : { text: q.trim() }),
    ...(usage === undefined ? {} : { usage }),
    ...(status === undefined ? {} : { status }),
    ...(scope === undefined ? {} : { scope }),
    ...(unused === undefined ? {} : { unusedDays: unused }),
    ...(exposed === undefined ? {} : { exposed }),
    ...(anywhere === undefined ? {} : { anywhere }),
    ...(sort === undefined ? {} : { sortby: sort }),
  };
}
