import type { DenyReason } from '@latchkey/core';

/**
 * Why a call of the Tokens API failed: the `code` beside `message`. The union is closed. A refused caller's token
 * carries the reason of the decision itself.
 */
export type TokensApiErrorCode =
  | DenyReason
  | 'unauthorized'
  | 'invalid_request'
  | 'body_invalid'
  | 'usage_invalid'
  | 'default_invalid'
  | 'limit_invalid'
  | 'sortby_invalid'
  | 'start_invalid'
  | 'period_invalid'
  | 'note_invalid'
  | 'scopes_invalid'
  | 'resources_invalid'
  | 'urls_invalid'
  | 'applications_invalid'
  | 'addresses_invalid'
  | 'expires_invalid'
  | 'expires_in_past'
  | 'expires_too_far'
  | 'expires_after_creator'
  | 'caller_is_temporary'
  | 'caller_is_public'
  | 'operator_only'
  | 'access_token_required'
  | 'token_not_found'
  | 'token_revoked'
  | 'token_is_temporary'
  | 'account_not_found'
  | 'idempotency_key_invalid'
  | 'idempotency_key_reused'
  | 'route_not_found'
  | 'method_not_allowed'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'internal_error'
  | 'unavailable';

export interface TokensApiErrorText {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 422 | 429 | 500 | 503;
  /** The exact text of `message`: existing clients compare it. */
  readonly message: string;
}

const UNAUTHORIZED = { status: 401, message: 'Unauthorized' } as const;
const FORBIDDEN = { status: 403, message: 'Forbidden' } as const;
const NOT_FOUND = { status: 404, message: 'Not Found' } as const;
const BAD_REQUEST = { status: 400, message: 'Bad Request' } as const;

/**
 * Status and text of each code. `insufficient_scope` is a 404 for the sake of existing clients where `tokens:read` or
 * `tokens:write` is lacking; {@link tokensApiError} gives the 403 of the other scopes.
 */
export const TOKENS_API_ERRORS = {
  no_token: UNAUTHORIZED,
  malformed_token: UNAUTHORIZED,
  unknown_token: UNAUTHORIZED,
  revoked: UNAUTHORIZED,
  expired: UNAUTHORIZED,
  secret_in_query: UNAUTHORIZED,
  malformed_request: BAD_REQUEST,
  replica_stale: { status: 503, message: 'Service Unavailable' },
  bad_record: FORBIDDEN,
  account_suspended: { status: 403, message: 'Account suspended' },
  unsupported_restriction: FORBIDDEN,
  insufficient_scope: NOT_FOUND,
  resource_not_allowed: FORBIDDEN,
  origin_opaque: FORBIDDEN,
  evidence_missing: FORBIDDEN,
  evidence_malformed: FORBIDDEN,
  path_not_visible: FORBIDDEN,
  url_not_allowed: FORBIDDEN,
  application_not_allowed: FORBIDDEN,
  address_not_allowed: FORBIDDEN,
  rate_limited: { status: 429, message: 'Too Many Requests' },
  unauthorized: UNAUTHORIZED,
  invalid_request: BAD_REQUEST,
  body_invalid: BAD_REQUEST,
  usage_invalid: { status: 422, message: 'usage must be pk or sk' },
  default_invalid: { status: 422, message: 'default must be true or false' },
  limit_invalid: { status: 422, message: 'limit must be from 1 to 500' },
  sortby_invalid: { status: 422, message: 'sortby must be created or modified' },
  start_invalid: { status: 422, message: 'Invalid start' },
  period_invalid: { status: 422, message: 'period is invalid' },
  note_invalid: { status: 422, message: 'note is invalid' },
  scopes_invalid: { status: 422, message: 'scopes are invalid' },
  resources_invalid: { status: 422, message: 'resources are invalid' },
  urls_invalid: { status: 422, message: 'allowedUrls are invalid' },
  applications_invalid: { status: 422, message: 'allowedApplications are invalid' },
  addresses_invalid: { status: 422, message: 'allowedAddresses are invalid' },
  expires_invalid: { status: 422, message: 'expires is invalid' },
  expires_in_past: { status: 422, message: 'expires is in the past' },
  expires_too_far: { status: 422, message: 'expires is more than one hour in the future' },
  expires_after_creator: {
    status: 422,
    message: 'expires may not be greater than the expiration of the authorizing token',
  },
  caller_is_temporary: FORBIDDEN,
  caller_is_public: FORBIDDEN,
  operator_only: FORBIDDEN,
  access_token_required: { status: 422, message: 'access token is required' },
  token_not_found: NOT_FOUND,
  token_revoked: NOT_FOUND,
  token_is_temporary: NOT_FOUND,
  account_not_found: { status: 404, message: 'No such user' },
  idempotency_key_invalid: BAD_REQUEST,
  idempotency_key_reused: { status: 422, message: 'Idempotency-Key was used for another request' },
  route_not_found: NOT_FOUND,
  method_not_allowed: { status: 405, message: 'Method Not Allowed' },
  payload_too_large: { status: 413, message: 'Payload Too Large' },
  unsupported_media_type: { status: 415, message: 'Unsupported Media Type' },
  internal_error: { status: 500, message: 'Internal Server Error' },
  unavailable: { status: 503, message: 'Service Unavailable' },
} as const satisfies Record<TokensApiErrorCode, TokensApiErrorText>;

/** @param lacking the scope that the caller's token lacks, where the code is `insufficient_scope` */
export function tokensApiError(code: TokensApiErrorCode, lacking?: string): TokensApiErrorText {
  if (code === 'insufficient_scope' && lacking !== 'tokens:read' && lacking !== 'tokens:write')
    return FORBIDDEN;
  return TOKENS_API_ERRORS[code];
}
