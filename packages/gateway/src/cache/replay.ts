import type { AnswerReceiver, UpstreamRequest } from '../upstream/forward.ts';
import type { Head } from './stored-head.ts';
import { headFor } from './stored-head.ts';

/**
 * Gives a client a stored answer: whole, its head alone to HEAD, or 304 where it holds the same already.
 * @param cacheStatus the member that this cache adds to `Cache-Status` (RFC 9211)
 */
export function replay(
  stored: Head & { readonly body: Uint8Array },
  ageSeconds: number,
  request: UpstreamRequest,
  receiver: AnswerReceiver,
  cacheStatus: string,
): void {
  const { status, statusText, headers } = headFor(stored, request.headers, ageSeconds);
  receiver.head(status, statusText, [...headers, 'Cache-Status', cacheStatus]);
  if (request.method !== 'HEAD' && status !== 304 && stored.body.byteLength > 0) receiver.chunk(stored.body);
  receiver.end([]);
}
