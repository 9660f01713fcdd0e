import type { CreateNativeTokenBody } from '@latchkey/wire/native';
import type { DraftEntry } from './url-entries.ts';

/** A token as it is being put together. An empty list is no restriction. */
export interface TokenDraft {
  readonly note: string;
  /** Of the purpose that was picked. */
  readonly preset: string | undefined;
  readonly scopes: ReadonlySet<string>;
  readonly urls: readonly DraftEntry[];
  readonly strictPaths: boolean;
  readonly resources: readonly string[];
  readonly iosApps: readonly string[];
  readonly androidApps: readonly string[];
  readonly addresses: readonly string[];
  /** ISO 8601; undefined: it does not expire. Fixed when it is chosen, so that a repeated call is the same call. */
  readonly expires: string | undefined;
}

export const EMPTY_DRAFT: TokenDraft = {
  note: '',
  preset: undefined,
  scopes: new Set(),
  urls: [],
  strictPaths: false,
  resources: [],
  iosApps: [],
  androidApps: [],
  addresses: [],
  expires: undefined,
};

/** The body of the call that makes the token. A restriction without entries is left out, never sent empty. */
export function bodyOf(draft: TokenDraft): CreateNativeTokenBody {
  const note = draft.note.trim();
  const applications = [
    ...draft.iosApps.map((bundleId) => ({ platform: 'ios' as const, bundleId })),
    ...draft.androidApps.map((bundleId) => ({ platform: 'android' as const, bundleId })),
  ];
  return {
    scopes: [...draft.scopes].sort(),
    ...(note === '' ? {} : { note }),
    ...(draft.urls.length === 0 ? {} : { allowedUrls: draft.urls.map(({ entry }) => entry) }),
    ...(draft.urls.length > 0 && draft.strictPaths ? { strictPaths: true } : {}),
    ...(draft.resources.length === 0 ? {} : { resources: [...draft.resources] }),
    ...(applications.length === 0 ? {} : { allowedApplications: applications }),
    ...(draft.addresses.length === 0 ? {} : { allowedAddresses: [...draft.addresses] }),
    ...(draft.expires === undefined ? {} : { expires: draft.expires }),
  };
}
