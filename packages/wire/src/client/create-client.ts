import { type ClientOptions, createCall } from './call.ts';
import { createNativeClient, type NativeClient } from './native-client.ts';
import { createTokensApiClient, type TokensApiClient } from './tokens-api-client.ts';

export interface Client {
  /** The Tokens API, `/tokens/v2` and `/scopes/v1`. */
  readonly tokensApi: TokensApiClient;
  /** The native API, `/v1`. */
  readonly native: NativeClient;
}

/**
 * A typed client for both APIs. Answers are parsed; refusals reject with `LatchkeyApiError`, anything else with
 * `LatchkeyUnreachableError`. Tokens are in no error and no log.
 *
 * @throws TypeError when `url` is not an absolute http(s) URL
 */
export function createClient(options: ClientOptions): Client {
  const call = createCall(options);
  return {
    tokensApi: createTokensApiClient(call, (token) => createCall({ ...options, token })),
    native: createNativeClient(call),
  };
}
