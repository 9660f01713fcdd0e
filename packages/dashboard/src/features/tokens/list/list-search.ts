/** The list's search, filters and order, as they stand in the address of the page. What is not set is left out. */
export interface ListSearch {
  readonly q?: string;
  readonly usage?: 'pk' | 'sk' | 'tk';
  readonly status?: 'active' | 'expired' | 'revoked';
  readonly scope?: string;
  /** Nobody has used it for so many days. */
  readonly unused?: number;
  /** A secret was seen in URLs. */
  readonly exposed?: true;
  /** Works on any web page. */
  readonly anywhere?: true;
  readonly sort?: 'modified' | 'lastUsed' | 'note';
}

const USAGES = ['pk', 'sk', 'tk'] as const;
const STATUSES = ['active', 'expired', 'revoked'] as const;
const SORTS = ['modified', 'lastUsed', 'note'] as const;

/** Reads the query of the address; what does not read is dropped, so that an old or mistyped address still opens the list. */
export function readListSearch(query: Readonly<Record<string, unknown>>): ListSearch {
  const usage = oneOf(USAGES, query.usage);
  const status = oneOf(STATUSES, query.status);
  const sort = oneOf(SORTS, query.sort);
  const q = textOf(query.q);
  const scope = textOf(query.scope);
  const unused = daysOf(query.unused);
  return {
    ...(q === undefined ? {} : { q }),
    ...(usage === undefined ? {} : { usage }),
    ...(status === undefined ? {} : { status }),
    ...(scope === undefined ? {} : { scope }),
    ...(unused === undefined ? {} : { unused }),
    ...(isTrue(query.exposed) ? { exposed: true } : {}),
    ...(isTrue(query.anywhere) ? { anywhere: true } : {}),
    ...(sort === undefined ? {} : { sort }),
  };
}

/** Whether the list is narrowed: an empty answer then means "nothing fits", not "there is nothing". */
export function isFiltered({ sort: _order, ...filters }: ListSearch): boolean {
  return Object.keys(filters).length > 0;
}

function oneOf<T extends string>(values: readonly T[], given: unknown): T | undefined {
  return values.find((value) => value === given);
}

/** The router reads numbers out of an address: a search for "2026" comes as one. */
function textOf(given: unknown): string | undefined {
  const text = typeof given === 'number' ? String(given) : given;
  return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}

function daysOf(given: unknown): number | undefined {
  const days = Number(given);
  return Number.isInteger(days) && days >= 1 && days <= 3650 ? days : undefined;
}

function isTrue(given: unknown): boolean {
  return given === true || given === 'true';
}
