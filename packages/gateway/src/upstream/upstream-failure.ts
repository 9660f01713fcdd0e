import { errors } from 'undici';

/** Why there is no answer, or no whole one, from the API behind the gateway. */
export type UpstreamFailure =
  /** No connection: refused, unreachable, name not found, no TLS. The request was not sent. */
  | 'not_connected'
  | 'connect_timeout'
  /** The request was sent, and no answer began in time. */
  | 'first_byte_timeout'
  /** The answer began, and nothing more of it came in time. */
  | 'idle_timeout'
  /** The connection broke under the request or its answer. */
  | 'connection_lost'
  /** What came is not HTTP, or its head is too long. */
  | 'bad_answer'
  /** The client's body broke off. */
  | 'body_broken'
  /** The request holds what must not be sent. */
  | 'unsendable';

const BY_CODE: Readonly<Record<string, UpstreamFailure>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  UND_ERR_HEADERS_TIMEOUT: 'first_byte_timeout',
  UND_ERR_BODY_TIMEOUT: 'idle_timeout',
  UND_ERR_SOCKET: 'connection_lost',
  UND_ERR_DESTROYED: 'connection_lost',
  UND_ERR_CLOSED: 'connection_lost',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
  UND_ERR_ABORTED: 'body_broken',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'body_broken',
  UND_ERR_HEADERS_OVERFLOW: 'bad_answer',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'bad_answer',
};

/** @param isSent the request was on a connection: what breaks then is no matter of reaching the API */
export function upstreamFailureOf(error: unknown, isSent: boolean): UpstreamFailure {
  if (error instanceof errors.HTTPParserError) return 'bad_answer';
  if (error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError)
    return 'unsendable';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = BY_CODE[code];
  if (!isSent) return known === 'connect_timeout' ? known : 'not_connected';
  return known ?? 'connection_lost';
}
