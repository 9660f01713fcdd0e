import type { CheckRequest, Decision, Restriction, UrlWarning } from '@latchkey/core';
import {
  compileRestrictions,
  decide,
  makeTokenId,
  parseUrlEntries,
  TOKEN_ID_RANDOM_BYTES,
} from '@latchkey/core';
import type { Caller } from './caller.ts';
import { refuseCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';
import { done } from './outcome.ts';
import { publicSuffixWarnings } from './url-linter.ts';

export interface TryUrlsInput {
  readonly entries: readonly string[];
  readonly strictPaths: boolean;
  /** The address of a page; without a scheme it is taken for `https`. */
  readonly address: string | undefined;
}

export interface TriedUrls {
  /** Canonical; empty where one of them has no valid form. */
  readonly entries: readonly string[];
  readonly faults: readonly {
    readonly index: number | undefined;
    readonly reason: string;
    readonly fix: string;
  }[];
  readonly warnings: readonly UrlWarning[];
  /** Undefined: no address was sent, or there are faults. */
  readonly page: TriedPage | undefined;
}

/** What the whole list says to a request from a page, and each entry by itself. */
export interface TriedPage {
  readonly decision: Decision;
  readonly byEntry: readonly { readonly entry: string; readonly allowed: boolean }[];
}

/** Reads URL entries as a change would, and judges a page by them as a verifier would. Stores nothing. Needs `tokens:read`. */
export function tryUrls(
  { appSchemes, now }: Pick<Deps, 'appSchemes' | 'now'>,
  caller: Caller,
  { entries, strictPaths, address }: TryUrlsInput,
): Outcome<TriedUrls> {
  const early = refuseCaller(caller, caller.account.name, 'tokens:read');
  if (early !== undefined) return early;
  const parsed = parseUrlEntries(entries, { appSchemes });
  if (!parsed.ok) return done({ entries: [], faults: parsed.faults, warnings: [], page: undefined });
  const warnings = [...parsed.warnings, ...publicSuffixWarnings(parsed.entries)];
  const judge = (list: readonly string[], page: string) =>
    decide(
      standIn(caller, { kind: 'urls', entries: list, strictPaths }),
      requestFrom(page),
      { requires: [], secretInQuery: 'refuse', publicOrigin: undefined },
      now(),
    );
  const page = address === undefined ? undefined : withScheme(address.trim());
  return done({
    entries: parsed.entries,
    faults: [],
    warnings,
    page:
      page === undefined
        ? undefined
        : {
            decision: judge(parsed.entries, page),
            byEntry: parsed.entries.map((entry) => ({ entry, allowed: judge([entry], page).allow })),
          },
  });
}

/** A token that has nothing but this restriction. */
function standIn({ account }: Caller, restriction: Restriction) {
  return {
    id: makeTokenId(new Uint8Array(TOKEN_ID_RANDOM_BYTES)),
    account: { name: account.name, suspended: false },
    usage: 'pk',
    revoked: false,
    bad: undefined,
    scopes: [],
    restrictions: compileRestrictions([restriction]),
    expires: Number.POSITIVE_INFINITY,
    revision: 0,
  } as const;
}

/** A browser that shows the whole address of its page. */
function requestFrom(page: string): CheckRequest {
  return {
    method: 'GET',
    path: '/',
    authorization: undefined,
    queryToken: undefined,
    origin: undefined,
    referer: page,
    secFetchSite: undefined,
    preflightMethod: undefined,
    iosBundleIdentifier: undefined,
    androidPackage: undefined,
    userAgent: undefined,
    address: undefined,
  };
}

function withScheme(address: string): string {
  return address.includes('://') ? address : `https://${address}`;
}
