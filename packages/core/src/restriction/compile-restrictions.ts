import type { AddressRange } from './address-range.ts';
import { readAddressRange } from './address-range.ts';
import { parseApplication } from './app-identity.ts';
import type { AppIdentity } from './application.ts';
import { quoted } from './quote.ts';
import { isResourcePrefix } from './resource-prefix.ts';
import type { ForeignRestriction, Restriction } from './restriction.ts';
import type { UrlIndex } from './url-index.ts';
import { buildUrlIndex } from './url-index.ts';
import type { UrlRule } from './url-rule.ts';
import { readUrlRule } from './url-rule.ts';

/**
 * The restrictions of one token, parsed once. A dimension that is undefined is not restricted; one that is present always
 * holds at least one rule. Where `unsupported` is set the token must be denied, whatever else is set.
 */
export interface CompiledRestrictions {
  readonly urls: UrlIndex | undefined;
  readonly applications: readonly AppIdentity[] | undefined;
  readonly addresses: readonly AddressRange[] | undefined;
  /** Canonical path prefixes. */
  readonly resources: readonly string[] | undefined;
  /** Names the restriction that this build cannot apply (unknown kind, or a known one that does not read). */
  readonly unsupported: string | undefined;
}

/** What a token without restrictions has; one shared object. */
export const NO_RESTRICTIONS: CompiledRestrictions = Object.freeze({
  urls: undefined,
  applications: undefined,
  addresses: undefined,
  resources: undefined,
  unsupported: undefined,
});

/** What a token has that is restricted by these URLs and by nothing else. Cheap for a few rules: it may be made for each decision. */
export function restrictToUrls(rules: readonly UrlRule[], strictPaths: boolean): CompiledRestrictions {
  return {
    urls: buildUrlIndex(rules, strictPaths),
    applications: undefined,
    addresses: undefined,
    resources: undefined,
    unsupported: undefined,
  };
}

type Compiled = { -readonly [Key in keyof CompiledRestrictions]: CompiledRestrictions[Key] };

/** How each kind is read into the compiled form; false where it does not read whole. */
const READERS = {
  urls: (fields, into) => {
    const rules = readList(fields.entries, (entry) =>
      typeof entry === 'string' ? readUrlRule(entry) : undefined,
    );
    if (rules === undefined || typeof fields.strictPaths !== 'boolean') return false;
    into.urls = buildUrlIndex(rules, fields.strictPaths);
    return true;
  },
  applications: (fields, into) => {
    into.applications = readList(fields.applications, readApplication);
    return into.applications !== undefined;
  },
  addresses: (fields, into) => {
    into.addresses = readList(fields.ranges, (range) =>
      typeof range === 'string' ? readAddressRange(range) : undefined,
    );
    return into.addresses !== undefined;
  },
  resources: (fields, into) => {
    into.resources = readList(fields.prefixes, (prefix) =>
      typeof prefix === 'string' && isResourcePrefix(prefix) ? prefix : undefined,
    );
    return into.resources !== undefined;
  },
} satisfies Record<Restriction['kind'], (fields: Record<string, unknown>, into: Compiled) => boolean>;

/**
 * Reads a token's restrictions as they came from the network. Never throws on any JSON; a kind that is unknown or comes twice,
 * an empty list, and any part that is not canonical make the whole `unsupported`, which names the restriction.
 * Fields that a kind does not have are ignored.
 */
export function compileRestrictions(list: readonly ForeignRestriction[]): CompiledRestrictions {
  if (!Array.isArray(list)) return { ...NO_RESTRICTIONS, unsupported: 'restrictions that are not a list' };
  if (list.length === 0) return NO_RESTRICTIONS;
  const compiled: Compiled = { ...NO_RESTRICTIONS };
  for (const restriction of list as readonly unknown[]) {
    const fault = addRestriction(restriction, compiled);
    if (fault !== undefined) return { ...NO_RESTRICTIONS, unsupported: fault };
  }
  return compiled;
}

function addRestriction(restriction: unknown, into: Compiled): string | undefined {
  const fields = isObject(restriction) ? restriction : {};
  const { kind } = fields;
  if (typeof kind !== 'string') return 'a restriction without a kind';
  if (!isKnownKind(kind)) return quoted(kind);
  if (into[kind] !== undefined) return `${kind}, which is given twice`;
  return READERS[kind](fields, into) ? undefined : `${kind}, which does not read`;
}

function isKnownKind(kind: string): kind is Restriction['kind'] {
  return Object.hasOwn(READERS, kind);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function readApplication(value: unknown): AppIdentity | undefined {
  const parsed = parseApplication(value);
  return parsed.ok ? parsed.application : undefined;
}

/** Every item, read; undefined where there is none, or where one does not read. */
function readList<T>(list: unknown, read: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const items: T[] = [];
  for (const item of list) {
    const value = read(item);
    if (value === undefined) return undefined;
    items.push(value);
  }
  return items;
}
