import type { GrantAddition } from '../explain/smallest-fix.ts';

/** What the address of the form for editing fills in: lists as texts parted by blanks, which no entry holds. */
export interface EditSearch {
  readonly scopes?: string;
  readonly urls?: string;
  readonly resources?: string;
  readonly addresses?: string;
  /** `ios:com.example.app` */
  readonly applications?: string;
  readonly laxPaths?: boolean;
}

const LISTS = ['scopes', 'urls', 'resources', 'addresses', 'applications'] as const;

/** The address that fills in an addition. */
export function additionSearch(add: GrantAddition): EditSearch {
  const applications = add.allowedApplications?.map(({ platform, bundleId }) => `${platform}:${bundleId}`);
  return {
    ...listOf('scopes', add.scopes),
    ...listOf('urls', add.allowedUrls),
    ...listOf('resources', add.resources),
    ...listOf('addresses', add.allowedAddresses),
    ...listOf('applications', applications),
    ...(add.laxPaths === true ? { laxPaths: true } : {}),
  };
}

/** Reads it; what it does not know is left out. */
export function readEditSearch(search: Readonly<Record<string, unknown>>): EditSearch {
  const lists = LISTS.flatMap((name) => {
    const value = search[name];
    return typeof value === 'string' && value.trim() !== '' ? [[name, value] as const] : [];
  });
  return { ...Object.fromEntries(lists), ...(search.laxPaths === true ? { laxPaths: true } : {}) };
}

/** The entries of one of its lists. */
export function entriesOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(/\s+/).filter((entry) => entry !== '');
}

function listOf(name: (typeof LISTS)[number], entries: readonly string[] | undefined): EditSearch {
  return entries === undefined || entries.length === 0 ? {} : { [name]: entries.join(' ') };
}
