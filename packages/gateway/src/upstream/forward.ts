import type { Readable } from 'node:stream';
import type { LatchkeyIdentity } from '@latchkey/verifier/middleware/guard';
import type { UpstreamFailure } from './upstream-failure.ts';

/** A request that was allowed, as it goes to the API behind the gateway. The token is nowhere in it. */
export interface UpstreamRequest {
  readonly method: string;
  /** Where the API is, one of those in the configuration: `http://127.0.0.1:3000`. */
  readonly origin: string;
  /** Path and query, byte for byte as they were decided on, save that `access_token` is gone from the query. */
  readonly target: string;
  /**
   * Names and values by turns, in the client's spelling and order, repeats kept. Hop-by-hop headers and what a client may not say of itself
   * are gone; `Latchkey-*` and `X-Forwarded-*` are the gateway's own. `Host` is among them only where the client's is passed on.
   */
  readonly headers: readonly string[];
  /** Undefined: the request has none. Belongs to whoever it is handed to, who reads it to the end or destroys it. */
  readonly body: Readable | undefined;
  /** Whose token it is; undefined for a CORS preflight and for a route that needs none. */
  readonly identity: LatchkeyIdentity | undefined;
}

/**
 * Takes an answer as it comes: `head` once, `chunk` any number of times, then `end`; `fail` may come instead of any of them and is the
 * last. Nothing comes after `abort`. All may be called before the {@link Forward} has returned.
 */
export interface AnswerReceiver {
  /**
   * @param status 200 to 599; informational answers are not handed on
   * @param headers names and values by turns, as the API spelled them, without hop-by-hop headers
   */
  head(status: number, statusText: string, headers: readonly string[]): void;
  /** @returns false: no more until `resume` is called. What is in memory already may still come. */
  chunk(chunk: Uint8Array): boolean;
  /** @param trailers names and values by turns; mostly none */
  end(trailers: readonly string[]): void;
  fail(failure: UpstreamFailure): void;
}

/** An answer under way. */
export interface UpstreamCall {
  /** After `chunk` returned false: go on. */
  resume(): void;
  /** Nobody wants the answer any more. Once more, or after the end, does nothing. */
  abort(): void;
}

/**
 * Asks the API behind the gateway, never throws. What stands between a door and the API, as a response cache does, is a `Forward`
 * around a `Forward`; it is asked only for requests that were allowed.
 */
export type Forward = (request: UpstreamRequest, receiver: AnswerReceiver) => UpstreamCall;
