import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace, TraceCheck } from '../decision/trace.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkApplications } from './check-applications.ts';
import { checkResources } from './check-resources.ts';
import { checkUrls } from './check-urls.ts';
import type { CompiledRestrictions } from './compile-restrictions.ts';
import { hasBrowserEvidence } from './evidence.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';

/**
 * Applies all restrictions of a token in the order of the decision: resources, then URLs or applications (alternatives
 * where both are set: a request with `Origin`, `Referer` or `Sec-Fetch-Site` is judged by the URLs, any other by the
 * applications), then addresses. Undefined: the request may pass. `unsupported` is not looked at: the decision refuses such
 * a token earlier. With a trace it adds exactly four steps: `resource`, `url`, `application`, `address`.
 */
export function checkRestrictions(
  restrictions: CompiledRestrictions,
  request: CheckRequest,
  publicOrigin: string | undefined,
  trace?: Trace,
): RestrictionRefusal | undefined {
  const { resources, urls, applications, addresses } = restrictions;
  const areAlternatives = urls !== undefined && applications !== undefined;
  const isBrowser = areAlternatives && hasBrowserEvidence(request);
  let refusal: RestrictionRefusal | undefined;
  if (resources === undefined) skip(trace, 'resource', 'any path');
  else refusal = checkResources(resources, request, trace);

  if (refusal !== undefined) skip(trace, 'url', 'not looked at');
  else if (urls === undefined) skip(trace, 'url', 'any page, or none');
  else if (areAlternatives && !isBrowser) skip(trace, 'url', 'not a browser: the applications decide');
  else refusal = checkUrls(urls, request, publicOrigin, trace);

  if (refusal !== undefined) skip(trace, 'application', 'not looked at');
  else if (applications === undefined) skip(trace, 'application', 'any application, or none');
  else if (isBrowser) skip(trace, 'application', 'a browser: the URLs decide');
  else refusal = checkApplications(applications, request, trace);

  if (refusal !== undefined) skip(trace, 'address', 'not looked at');
  else if (addresses === undefined) skip(trace, 'address', 'any address');
  else refusal = checkAddresses(addresses, request, trace);
  return refusal;
}

function skip(trace: Trace | undefined, check: TraceCheck, wants: string): void {
  trace?.push({ check, outcome: 'skipped', saw: '', wants });
}
