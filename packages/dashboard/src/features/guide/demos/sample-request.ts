import {
  type CheckRequest,
  NO_RESTRICTIONS,
  parseAccountName,
  parseTokenId,
  restrictToUrls,
  type Scope,
  type TokenRecord,
  type UrlRule,
} from '@latchkey/core';

const ACCOUNT = parseAccountName('acme');
const ID = parseTokenId('cmexample0000000000000001');

/** A request as a browser makes it from a page of this origin; undefined: from a program that names no page. */
export function sampleRequest(origin: string | undefined, authorization: string | undefined): CheckRequest {
  return {
    method: 'GET',
    path: '/styles/v1/acme/light',
    authorization,
    queryToken: undefined,
    origin,
    referer: origin === undefined ? undefined : `${origin}/`,
    secFetchSite: undefined,
    preflightMethod: undefined,
    iosBundleIdentifier: undefined,
    androidPackage: undefined,
    userAgent: undefined,
    address: undefined,
  };
}

/** A public token with these scopes, restricted to these pages; no rules: to none. */
export function sampleToken(scopes: readonly Scope[], rules: readonly UrlRule[]): TokenRecord {
  if (ACCOUNT === undefined || ID === undefined) throw new TypeError('the sample names do not read');
  return {
    id: ID,
    account: { name: ACCOUNT, suspended: false },
    usage: 'pk',
    revoked: false,
    bad: undefined,
    scopes,
    restrictions: rules.length === 0 ? NO_RESTRICTIONS : restrictToUrls(rules, false),
    expires: Number.POSITIVE_INFINITY,
    revision: 1,
  };
}
