import type { AppIdentity, Restriction, UrlWarning } from '@latchkey/core';
import { parseAddressRange, parseApplication, parseResourcePrefix, parseUrlEntries } from '@latchkey/core';
import type { Outcome } from './outcome.ts';
import { done, refused } from './outcome.ts';
import type { Refusal } from './refusal.ts';
import type { RestrictionInput } from './restriction-input.ts';
import { publicSuffixWarnings } from './url-linter.ts';

const LIST_LIMIT = 100;

export interface ReadRestrictions {
  /** Canonical, in one fixed order of kinds, so that equal restrictions are equal texts. */
  readonly restrictions: readonly Restriction[];
  readonly warnings: readonly UrlWarning[];
}

/** Applies what was sent to what the token has: a kind that was not sent stays, null lifts, a list replaces. */
export function readRestrictions(
  input: RestrictionInput,
  held: readonly Restriction[],
  appSchemes: readonly string[],
): Outcome<ReadRestrictions> {
  const urls = readUrls(input, ofKind(held, 'urls'), appSchemes);
  if (!urls.ok) return urls;
  const applications = readList(input.allowedApplications, APPLICATIONS, (list: readonly AppIdentity[]) => ({
    kind: 'applications',
    applications: list,
  }));
  if (!applications.ok) return applications;
  const addresses = readList(input.allowedAddresses, ADDRESSES, (ranges: readonly string[]) => ({
    kind: 'addresses',
    ranges,
  }));
  if (!addresses.ok) return addresses;
  const resources = readList(input.resources, RESOURCES, (prefixes: readonly string[]) => ({
    kind: 'resources',
    prefixes,
  }));
  if (!resources.ok) return resources;

  const restrictions = [
    urls.value.restriction,
    kept(applications.value, ofKind(held, 'applications')),
    kept(addresses.value, ofKind(held, 'addresses')),
    kept(resources.value, ofKind(held, 'resources')),
  ].filter((one) => one !== null);
  return done({ restrictions, warnings: urls.value.warnings });
}

type Urls = Extract<Restriction, { kind: 'urls' }>;

function readUrls(
  { allowedUrls, strictPaths }: RestrictionInput,
  held: Urls | null,
  appSchemes: readonly string[],
): Outcome<{ readonly restriction: Urls | null; readonly warnings: readonly UrlWarning[] }> {
  const entries = allowedUrls === undefined ? held?.entries : allowedUrls;
  if (entries === null || entries === undefined) {
    if (strictPaths !== true) return done({ restriction: null, warnings: [] });
    const detail = 'strictPaths needs a list of URLs.';
    return refused({ code: 'urls_invalid', detail, field: 'strictPaths' });
  }
  const strict = strictPaths ?? held?.strictPaths ?? false;
  if (allowedUrls === undefined || allowedUrls === null) {
    return done({ restriction: { kind: 'urls', entries, strictPaths: strict }, warnings: [] });
  }
  const parsed = parseUrlEntries(allowedUrls, { appSchemes });
  if (!parsed.ok) {
    const detail = parsed.faults.map(({ reason, fix }) => `${reason} ${fix}`).join(' ');
    return refused({ code: 'urls_invalid', detail, field: 'allowedUrls' });
  }
  const warnings = [...parsed.warnings, ...publicSuffixWarnings(parsed.entries)];
  return done({ restriction: { kind: 'urls', entries: parsed.entries, strictPaths: strict }, warnings });
}

type Read<T> =
  | { readonly ok: true; readonly entry: T }
  | { readonly ok: false; readonly reason: string; readonly fix: string };

interface ListKind<T> {
  readonly code: Refusal['code'];
  readonly field: string;
  readonly read: (sent: T) => Read<T>;
}

const APPLICATIONS: ListKind<AppIdentity> = {
  code: 'applications_invalid',
  field: 'allowedApplications',
  read(sent) {
    const parsed = parseApplication(sent);
    return parsed.ok ? { ok: true, entry: parsed.application } : parsed;
  },
};

const ADDRESSES: ListKind<string> = {
  code: 'addresses_invalid',
  field: 'allowedAddresses',
  read(sent) {
    const parsed = parseAddressRange(sent);
    return parsed.ok ? { ok: true, entry: parsed.range.text } : parsed;
  },
};

const RESOURCES: ListKind<string> = {
  code: 'resources_invalid',
  field: 'resources',
  read(sent) {
    const parsed = parseResourcePrefix(sent);
    return parsed.ok ? { ok: true, entry: parsed.prefix } : parsed;
  },
};

/** Undefined: not sent. Null: lifted. */
function readList<T>(
  sent: readonly T[] | null | undefined,
  { code, field, read }: ListKind<T>,
  restrict: (list: readonly T[]) => Restriction,
): Outcome<Restriction | null | undefined> {
  if (sent === null || sent === undefined) return done(sent);
  if (sent.length === 0) {
    const detail = `${field} is an empty list: leave it out for no restriction; null lifts one that is there.`;
    return refused({ code, detail, field });
  }
  if (sent.length > LIST_LIMIT) {
    return refused({ code, detail: `${field} has more than ${LIST_LIMIT} entries.`, field });
  }
  const entries = new Map<string, T>();
  for (const one of sent) {
    const parsed = read(one);
    if (!parsed.ok) return refused({ code, detail: `${parsed.reason} ${parsed.fix}`, field });
    entries.set(JSON.stringify(parsed.entry), parsed.entry);
  }
  return done(restrict([...entries.values()]));
}

function kept(read: Restriction | null | undefined, held: Restriction | null): Restriction | null {
  return read === undefined ? held : read;
}

function ofKind<K extends Restriction['kind']>(
  list: readonly Restriction[],
  kind: K,
): Extract<Restriction, { kind: K }> | null {
  return list.find((one): one is Extract<Restriction, { kind: K }> => one.kind === kind) ?? null;
}
