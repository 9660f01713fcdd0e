import type { IncomingMessage } from 'node:http';
import type { DoorCode } from './door-answers.ts';

/**
 * Whether a request has a body, or why it cannot be passed on. Node's parser has refused what is framed twice (`Content-Length` beside
 * `Transfer-Encoding`, two lengths, bare line feeds, folded lines); here goes what it reads and the API might read otherwise.
 */
export function readFraming(
  { headers, httpVersionMinor }: IncomingMessage,
  bodyLimitBytes: number,
): 'no_body' | 'body' | DoorCode {
  const { 'transfer-encoding': coding, 'content-length': length } = headers;
  if (coding !== undefined) {
    // RFC 9112 §6.1: such a message is faulty in HTTP/1.0.
    if (httpVersionMinor === 0 || length !== undefined) return 'request_unreadable';
    return coding.toLowerCase() === 'chunked' ? 'body' : 'transfer_encoding_not_supported';
  }
  if (length === undefined || length === '0') return 'no_body';
  if (bodyLimitBytes > 0 && Number(length) > bodyLimitBytes) return 'body_too_large';
  return Number(length) === 0 ? 'no_body' : 'body';
}
