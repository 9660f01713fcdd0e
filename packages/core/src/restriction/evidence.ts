import type { CheckRequest, Sighting } from '../decision/check-request.ts';
import type { DenyReason } from '../decision/deny-reason.ts';
import { explainOrigin, explainReferer } from './evidence-fault.ts';
import type { Origin, Referer } from './origin.ts';
import { isSameOrigin, readOrigin, readReferer } from './origin.ts';

/** Which page a request comes from, by the browser's word, and which header said so. */
export interface Evidence {
  readonly header: 'Origin' | 'Referer' | 'Sec-Fetch-Site';
  readonly origin: Origin;
  /** The `Referer`, where it decided. */
  readonly referer: Referer | undefined;
}

/** Why there is no usable evidence. */
export interface NoEvidence {
  readonly header: undefined;
  readonly reason: DenyReason;
  readonly detail: string;
}

/**
 * Reads who sent the request. `Origin` decides where it is present, and `null` never falls back; else `Referer`; else
 * `Sec-Fetch-Site: same-origin` stands for the API's own public origin. Any of the three sent twice is malformed: no browser does that.
 */
export function readEvidence(request: CheckRequest, publicOrigin: string | undefined): Evidence | NoEvidence {
  const { origin, referer, secFetchSite } = request;
  if (isRepeated(origin)) return repeated('Origin');
  if (isRepeated(referer)) return repeated('Referer');
  if (isRepeated(secFetchSite)) return repeated('Sec-Fetch-Site');
  if (origin !== undefined) return fromOrigin(origin);
  if (referer !== undefined) return fromReferer(referer);
  return fromFetchSite(secFetchSite, publicOrigin);
}

/** True where a request shows any sign of a browser: it is then judged by URLs, not by applications. */
export function hasBrowserEvidence(request: CheckRequest): boolean {
  return request.origin !== undefined || request.referer !== undefined || request.secFetchSite !== undefined;
}

/**
 * The page's path, still encoded, where it can be seen; undefined where only the origin can. A `Referer` lends its path
 * only when its origin is the one that decided, and `/` alone is what browsers leave of any path across origins.
 */
export function visiblePagePath(request: CheckRequest, evidence: Evidence): string | undefined {
  if (typeof request.referer !== 'string') return undefined;
  const referer = evidence.referer ?? readReferer(request.referer);
  if (referer === undefined || !isSameOrigin(referer.origin, evidence.origin)) return undefined;
  if (referer.path.length > 1) return referer.path;
  return request.secFetchSite === 'same-origin' ? '/' : undefined;
}

function fromOrigin(text: string): Evidence | NoEvidence {
  if (text === 'null') {
    return refused(
      'origin_opaque',
      'Origin is null: the request comes from a sandboxed frame, a file: or data: page, or through a redirect across origins. ' +
        'Send it from a page with an origin, and ask the final URL directly.',
    );
  }
  const origin = readOrigin(text);
  return origin === undefined
    ? refused('evidence_malformed', explainOrigin(text))
    : { header: 'Origin', origin, referer: undefined };
}

function fromReferer(text: string): Evidence | NoEvidence {
  const referer = readReferer(text);
  return referer === undefined
    ? refused('evidence_malformed', explainReferer(text))
    : { header: 'Referer', origin: referer.origin, referer };
}

function fromFetchSite(site: string | undefined, publicOrigin: string | undefined): Evidence | NoEvidence {
  if (site !== 'same-origin') {
    return refused(
      'evidence_missing',
      'There is neither Origin nor Referer. Call the API with fetch from a page that is allowed, and do not set the referrer ' +
        'policy to no-referrer for images, scripts and other plain requests.',
    );
  }
  const origin = publicOrigin === undefined ? undefined : readOrigin(publicOrigin);
  if (origin !== undefined) return { header: 'Sec-Fetch-Site', origin, referer: undefined };
  return refused(
    'evidence_missing',
    'Sec-Fetch-Site is same-origin, but the API was not told its own public origin. Configure it, or let the page send a Referer.',
  );
}

function repeated(header: string): NoEvidence {
  return refused('evidence_malformed', `${header} is sent more than once. Send it once; a browser does.`);
}

function refused(reason: DenyReason, detail: string): NoEvidence {
  return { header: undefined, reason, detail };
}

export function isRepeated(sighting: Sighting): sighting is readonly string[] {
  return typeof sighting === 'object';
}
