import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace } from '../decision/trace.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';
import type { UrlIndex } from './url-index.ts';

/** Judges a request's browser evidence by a token's URL entries; undefined: it may pass. */
export function checkUrls(
  _index: UrlIndex,
  _request: CheckRequest,
  _publicOrigin: string | undefined,
  _trace?: Trace,
): RestrictionRefusal | undefined {
  return { reason: 'url_not_allowed', detail: 'not built yet' };
}
