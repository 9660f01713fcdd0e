import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace } from '../decision/trace.ts';
import { formatApplication } from './app-identity.ts';
import type { AppIdentity } from './application.ts';
import { listed, quoted } from './quote.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';

/**
 * Judges the application that a request names in `X-Ios-Bundle-Identifier` or `X-Android-Package`; undefined: it may pass. A
 * header sent twice, and both headers at once, name no application. Anyone can write these headers: a hint, not a proof.
 */
export function checkApplications(
  allowed: readonly AppIdentity[],
  request: CheckRequest,
  trace?: Trace,
): RestrictionRefusal | undefined {
  const refusal = isAllowed(allowed, request)
    ? undefined
    : ({
        reason: 'application_not_allowed',
        detail: `The request names ${sawOf(request)}; this token works in ${applicationsOf(allowed)}.`,
      } as const);
  trace?.push({
    check: 'application',
    outcome: refusal === undefined ? 'passed' : 'failed',
    saw: sawOf(request),
    wants: `X-Ios-Bundle-Identifier or X-Android-Package of ${applicationsOf(allowed)}`,
  });
  return refusal;
}

function isAllowed(allowed: readonly AppIdentity[], request: CheckRequest): boolean {
  const { iosBundleIdentifier: ios, androidPackage: android } = request;
  if ((ios === undefined) === (android === undefined)) return false;
  const platform = ios === undefined ? 'android' : 'ios';
  const bundleId = ios ?? android;
  return allowed.some(
    (application) => application.platform === platform && application.bundleId === bundleId,
  );
}

function sawOf({ iosBundleIdentifier: ios, androidPackage: android }: CheckRequest): string {
  if (ios === undefined && android === undefined) return 'no application';
  if (ios !== undefined && android !== undefined) return 'an iOS and an Android application at once';
  const named = ios ?? android;
  if (typeof named !== 'string') return 'more than one application';
  return `${ios === undefined ? 'android' : 'ios'} ${quoted(named)}`;
}

function applicationsOf(allowed: readonly AppIdentity[]): string {
  return listed(allowed, formatApplication);
}
