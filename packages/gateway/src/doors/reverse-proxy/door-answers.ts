import { STATUS_CODES } from 'node:http';
import type { GuardAnswer } from '@latchkey/verifier/middleware/guard';
import type { UpstreamFailure } from '../../upstream/upstream-failure.ts';

/** Answers of the door that are no decision about a token. */
export type DoorCode =
  /** The bytes are no request that everybody reads alike. */
  | 'request_unreadable'
  | 'header_too_large'
  | 'body_too_large'
  /** The client did not go on with its request. */
  | 'request_timeout'
  | 'transfer_encoding_not_supported'
  | 'upgrade_not_supported'
  /** The API behind the gateway cannot be reached, or does not answer in HTTP. */
  | 'upstream_unavailable'
  | 'upstream_timeout';

const STATUS: Readonly<Record<DoorCode, number>> = {
  request_unreadable: 400,
  header_too_large: 431,
  body_too_large: 413,
  request_timeout: 408,
  transfer_encoding_not_supported: 501,
  upgrade_not_supported: 501,
  upstream_unavailable: 502,
  upstream_timeout: 504,
};

const CODE_OF_FAILURE: Readonly<Record<UpstreamFailure, DoorCode>> = {
  not_connected: 'upstream_unavailable',
  connect_timeout: 'upstream_timeout',
  first_byte_timeout: 'upstream_timeout',
  idle_timeout: 'upstream_timeout',
  connection_lost: 'upstream_unavailable',
  bad_answer: 'upstream_unavailable',
  body_broken: 'request_unreadable',
  unsendable: 'request_unreadable',
};

export function codeOfFailure(failure: UpstreamFailure): DoorCode {
  return CODE_OF_FAILURE[failure];
}

/** An answer that any page can read, as refusals are. */
export function doorAnswer(code: DoorCode, requestId: string): GuardAnswer {
  const status = STATUS[code];
  const message = STATUS_CODES[status] ?? 'Error';
  // Where a request is not clear, neither is where the next one begins.
  const headers = code === 'request_unreadable' ? { ...READABLE, Connection: 'close' } : READABLE;
  return { status, headers, body: JSON.stringify({ message, code, requestId }) };
}

const READABLE = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After',
  'Cache-Control': 'no-store',
  'Content-Type': 'application/json; charset=utf-8',
};

/** The answer to a preflight of a request that has no route: without it no page could read the 404 that the request itself gets. */
export function preflightAnswer(method: string, headerNames: string | undefined): GuardAnswer {
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': method,
      ...(headerNames === undefined ? {} : { 'Access-Control-Allow-Headers': headerNames }),
      'Cache-Control': 'no-store',
    },
    body: '',
  };
}

/** The same answer as bytes, for a connection that has no response object; it is closed behind it. */
export function answerBytes({ status, headers, body }: GuardAnswer): string {
  const told = { ...headers, 'Content-Length': String(Buffer.byteLength(body)), Connection: 'close' };
  return `${headBytes(status, STATUS_CODES[status] ?? '', Object.entries(told).flat())}${body}`;
}

/** @param headers names and values by turns */
export function headBytes(status: number, statusText: string, headers: readonly string[]): string {
  let head = `HTTP/1.1 ${status} ${statusText}\r\n`;
  for (let at = 0; at + 1 < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`;
  return `${head}\r\n`;
}
