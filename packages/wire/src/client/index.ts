export { LatchkeyApiError, LatchkeyUnreachableError } from './api-error.ts';
export type { ClientOptions } from './call.ts';
export { type Client, createClient } from './create-client.ts';
export type { CreateOptions, NativeClient } from './native-client.ts';
export type { PersonClient } from './person-client.ts';
export type { SessionClient } from './session-client.ts';
export type { ListTokensOptions, TokensApiClient } from './tokens-api-client.ts';
