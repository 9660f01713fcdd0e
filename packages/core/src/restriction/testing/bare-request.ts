import type { CheckRequest } from '../../decision/check-request.ts';

/** A GET of `/` with nothing but what is given. */
export function bareRequest(given: Partial<CheckRequest>): CheckRequest {
  return {
    method: 'GET',
    path: '/',
    authorization: undefined,
    queryToken: undefined,
    origin: undefined,
    referer: undefined,
    secFetchSite: undefined,
    preflightMethod: undefined,
    iosBundleIdentifier: undefined,
    androidPackage: undefined,
    userAgent: undefined,
    address: undefined,
    ...given,
  };
}
