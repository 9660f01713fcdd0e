import type { Scope } from '@latchkey/core';

/** Shares equal lists of scopes: an installation has few, and each of its tokens one. */
export type ScopeLists = (scopes: readonly Scope[]) => readonly Scope[];

/** Past this many different lists there is nothing to gain. */
const MAX_LISTS = 10_000;

export function createScopeLists(): ScopeLists {
  const lists = new Map<string, readonly Scope[]>();
  return (scopes) => {
    const key = scopes.join(' ');
    const known = lists.get(key);
    if (known !== undefined) return known;
    if (lists.size < MAX_LISTS) lists.set(key, scopes);
    return scopes;
  };
}
