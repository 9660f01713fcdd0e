import type { NativeToken, UpdateNativeTokenBody } from '@latchkey/wire/native';
import { EMPTY_DRAFT, type TokenDraft } from '../form/token-draft.ts';
import { addEntries, storedEntries } from '../form/url-entries.ts';
import { type EditSearch, entriesOf } from './edit-search.ts';
import { type EditableGrant, editableGrant, grantChanges } from './grant-changes.ts';

/** The token as the form begins with it. */
export function draftOf(token: NativeToken): TokenDraft {
  const applications = token.allowedApplications ?? [];
  const bundlesOf = (wanted: string) =>
    applications.filter(({ platform }) => platform === wanted).map(({ bundleId }) => bundleId);
  return {
    ...EMPTY_DRAFT,
    note: token.note ?? '',
    scopes: new Set(token.scopes),
    urls: storedEntries(token.allowedUrls ?? []),
    strictPaths: token.strictPaths ?? false,
    resources: token.resources ?? [],
    iosApps: bundlesOf('ios'),
    androidApps: bundlesOf('android'),
    addresses: token.allowedAddresses ?? [],
    expires: token.expires,
  };
}

/**
 * Adds what the address says. A restriction that the token does not have is not begun by it: it would take away what the addition was to
 * give.
 */
export function withAddition(draft: TokenDraft, search: EditSearch): TokenDraft {
  const applications = entriesOf(search.applications);
  const hasApplications = draft.iosApps.length + draft.androidApps.length > 0;
  const bundlesOf = (platform: string) =>
    hasApplications
      ? applications.flatMap((text) =>
          text.startsWith(`${platform}:`) ? [text.slice(platform.length + 1)] : [],
        )
      : [];
  const grown = (list: readonly string[], more: readonly string[]) =>
    list.length === 0 ? list : [...new Set([...list, ...more])];
  return {
    ...draft,
    scopes: new Set([...draft.scopes, ...entriesOf(search.scopes)]),
    urls: draft.urls.length === 0 ? draft.urls : addEntries(draft.urls, search.urls ?? '').entries,
    strictPaths: draft.strictPaths && search.laxPaths !== true,
    resources: grown(draft.resources, entriesOf(search.resources)),
    iosApps: [...new Set([...draft.iosApps, ...bundlesOf('ios')])],
    androidApps: [...new Set([...draft.androidApps, ...bundlesOf('android')])],
    addresses: grown(draft.addresses, entriesOf(search.addresses)),
  };
}

/** The draft as changes are told by. */
export function grantOfDraft(draft: TokenDraft): EditableGrant {
  return {
    note: draft.note.trim(),
    scopes: [...draft.scopes],
    allowedUrls: draft.urls.map(({ entry }) => entry),
    strictPaths: draft.strictPaths,
    resources: draft.resources,
    allowedApplications: [
      ...draft.iosApps.map((id) => `ios:${id}`),
      ...draft.androidApps.map((id) => `android:${id}`),
    ],
    allowedAddresses: draft.addresses,
    expires: draft.expires,
  };
}

/** The call that makes the token what the draft says: only what changes is sent; null lifts. */
export function updateBody(token: NativeToken, draft: TokenDraft): UpdateNativeTokenBody {
  const after = grantOfDraft(draft);
  const changed = new Set(grantChanges(editableGrant(token), after).map(({ field }) => field));
  const list = (entries: readonly string[]) => (entries.length === 0 ? null : [...entries]);
  const applications = [
    ...draft.iosApps.map((bundleId) => ({ platform: 'ios' as const, bundleId })),
    ...draft.androidApps.map((bundleId) => ({ platform: 'android' as const, bundleId })),
  ];
  return {
    ...(changed.has('note') ? { note: after.note === '' ? null : after.note } : {}),
    ...(changed.has('scopes') ? { scopes: [...after.scopes].sort() } : {}),
    ...(changed.has('allowedUrls') ? { allowedUrls: list(after.allowedUrls) } : {}),
    ...(changed.has('strictPaths') ? { strictPaths: after.strictPaths } : {}),
    ...(changed.has('resources') ? { resources: list(after.resources) } : {}),
    ...(changed.has('allowedApplications')
      ? { allowedApplications: applications.length === 0 ? null : applications }
      : {}),
    ...(changed.has('allowedAddresses') ? { allowedAddresses: list(after.allowedAddresses) } : {}),
    ...(changed.has('expires') ? { expires: after.expires ?? null } : {}),
  };
}
