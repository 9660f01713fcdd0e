import type { NativeToken } from '@latchkey/wire/native';

/** What of a token can be changed, as a form holds it. Empty lists and undefined: no restriction. */
export interface EditableGrant {
  readonly note: string;
  readonly scopes: readonly string[];
  readonly allowedUrls: readonly string[];
  readonly strictPaths: boolean;
  readonly resources: readonly string[];
  /** `ios:com.example.app` */
  readonly allowedApplications: readonly string[];
  readonly allowedAddresses: readonly string[];
  /** ISO 8601; undefined: never. */
  readonly expires: string | undefined;
}

export type GrantField = keyof EditableGrant;

export interface GrantChange {
  readonly field: GrantField;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Whether the token can do more afterwards, less, or only is called something else. A list may do both. */
  readonly wider: boolean;
  readonly narrower: boolean;
  /** From no restriction to one, or back. */
  readonly limit?: 'set' | 'lifted';
}

const RESTRICTIONS = ['allowedUrls', 'resources', 'allowedApplications', 'allowedAddresses'] as const;

/** The token as a form begins with it. */
export function editableGrant(token: NativeToken): EditableGrant {
  return {
    note: token.note ?? '',
    scopes: token.scopes,
    allowedUrls: token.allowedUrls ?? [],
    strictPaths: token.strictPaths ?? false,
    resources: token.resources ?? [],
    allowedApplications: (token.allowedApplications ?? []).map(
      ({ platform, bundleId }) => `${platform}:${bundleId}`,
    ),
    allowedAddresses: token.allowedAddresses ?? [],
    expires: token.expires,
  };
}

/**
 * What saving would change, in the order of the form. Whether something is wider is told entry by entry: an entry that another one covers
 * counts as its own. The server has the last word.
 */
export function grantChanges(before: EditableGrant, after: EditableGrant): readonly GrantChange[] {
  return [
    textChange('note', before.note, after.note, 'neither'),
    scopesChange(before.scopes, after.scopes),
    restrictionChange('allowedUrls', before.allowedUrls, after.allowedUrls),
    strictPathsChange(before, after),
    ...RESTRICTIONS.slice(1).map((field) => restrictionChange(field, before[field], after[field])),
    expiryChange(before.expires, after.expires),
  ].filter((change) => change !== undefined);
}

function textChange(
  field: GrantField,
  before: string,
  after: string,
  effect: 'wider' | 'narrower' | 'neither',
): GrantChange | undefined {
  if (before === after) return undefined;
  return {
    field,
    added: after === '' ? [] : [after],
    removed: before === '' ? [] : [before],
    wider: effect === 'wider',
    narrower: effect === 'narrower',
  };
}

function scopesChange(before: readonly string[], after: readonly string[]): GrantChange | undefined {
  const { added, removed } = listChange(before, after);
  if (added.length + removed.length === 0) return undefined;
  return { field: 'scopes', added, removed, wider: added.length > 0, narrower: removed.length > 0 };
}

function restrictionChange(
  field: (typeof RESTRICTIONS)[number],
  before: readonly string[],
  after: readonly string[],
): GrantChange | undefined {
  const { added, removed } = listChange(before, after);
  if (added.length + removed.length === 0) return undefined;
  if (before.length === 0) return { field, added, removed, wider: false, narrower: true, limit: 'set' };
  if (after.length === 0) return { field, added, removed, wider: true, narrower: false, limit: 'lifted' };
  return { field, added, removed, wider: added.length > 0, narrower: removed.length > 0 };
}

function strictPathsChange(before: EditableGrant, after: EditableGrant): GrantChange | undefined {
  // It says nothing without URLs.
  const was = before.strictPaths && before.allowedUrls.length > 0;
  const is = after.strictPaths && after.allowedUrls.length > 0;
  if (was === is || after.allowedUrls.length === 0) return undefined;
  return {
    field: 'strictPaths',
    added: [],
    removed: [],
    wider: !is,
    narrower: is,
    limit: is ? 'set' : 'lifted',
  };
}

function expiryChange(before: string | undefined, after: string | undefined): GrantChange | undefined {
  const at = (text: string | undefined) => (text === undefined ? Number.POSITIVE_INFINITY : Date.parse(text));
  if (at(before) === at(after)) return undefined;
  const change = textChange(
    'expires',
    before ?? '',
    after ?? '',
    at(after) > at(before) ? 'wider' : 'narrower',
  );
  if (change === undefined || (before !== undefined && after !== undefined)) return change;
  return { ...change, limit: after === undefined ? 'lifted' : 'set' };
}

function listChange(before: readonly string[], after: readonly string[]) {
  return {
    added: after.filter((entry) => !before.includes(entry)),
    removed: before.filter((entry) => !after.includes(entry)),
  };
}
