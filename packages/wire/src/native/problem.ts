import { type DenyReason, STEP_UP_CLASSES } from '@latchkey/core';
import * as z from 'zod';

/** Why a native call failed. The union is closed; a refused caller's token carries the reason of the decision itself. */
export type ProblemCode =
  | DenyReason
  | 'unauthorized'
  | 'invalid_request'
  | 'body_invalid'
  | 'query_invalid'
  | 'refusal_not_found'
  | 'start_invalid'
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
  | 'too_many_invitations'
  | 'mail_delayed'
  | 'invitation_not_found'
  | 'member_exists'
  | 'member_not_found'
  | 'last_owner'
  | 'role_out_of_reach'
  | 'account_not_chosen'
  | 'member_only'
  | 'token_not_found'
  | 'revision_not_found'
  | 'token_revoked'
  | 'selection_changed'
  | 'token_is_temporary'
  | 'rotation_underway'
  | 'rotation_not_found'
  | 'successor_in_use'
  | 'grace_invalid'
  | 'account_not_found'
  | 'account_name_invalid'
  | 'account_exists'
  | 'allowance_invalid'
  | 'operator_account'
  | 'already_initialised'
  | 'idempotency_key_invalid'
  | 'idempotency_key_reused'
  | 'route_not_found'
  | 'unknown_connection'
  | 'method_not_allowed'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'not_signed_in'
  | 'cross_site_request'
  | 'step_up_required'
  | 'sign_in_refused'
  | 'sign_in_delayed'
  | 'sign_in_locked'
  | 'second_factor_refused'
  | 'second_factor_exists'
  | 'second_factor_missing'
  | 'password_wrong'
  | 'password_refused'
  | 'email_invalid'
  | 'email_exists'
  | 'name_invalid'
  | 'link_invalid'
  | 'invitation_for_another'
  | 'session_not_found'
  | 'internal_error'
  | 'unavailable';

export interface ProblemText {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;
  /** The same for every occurrence (RFC 9457 §3.1.3); `detail` tells the one at hand. */
  readonly title: string;
}

/** Status and title of each problem. */
export const PROBLEMS = {
  no_token: { status: 401, title: 'No token' },
  malformed_request: { status: 400, title: 'Malformed request' },
  malformed_token: { status: 401, title: 'Invalid token' },
  secret_in_query: { status: 401, title: 'Secret token in URL' },
  unknown_token: { status: 401, title: 'Invalid token' },
  bad_record: { status: 403, title: 'Token cannot be read' },
  revoked: { status: 401, title: 'Token revoked' },
  expired: { status: 401, title: 'Token expired' },
  replica_stale: { status: 503, title: 'Service unavailable' },
  account_suspended: { status: 403, title: 'Account suspended' },
  unsupported_restriction: { status: 403, title: 'Unsupported restriction' },
  insufficient_scope: { status: 403, title: 'Insufficient scope' },
  resource_not_allowed: { status: 403, title: 'Resource not allowed' },
  origin_opaque: { status: 403, title: 'Origin is opaque' },
  evidence_missing: { status: 403, title: 'No page address was sent' },
  evidence_malformed: { status: 403, title: 'Malformed page address' },
  path_not_visible: { status: 403, title: 'Page path not visible' },
  url_not_allowed: { status: 403, title: 'URL not allowed' },
  application_not_allowed: { status: 403, title: 'Application not allowed' },
  address_not_allowed: { status: 403, title: 'Address not allowed' },
  rate_limited: { status: 429, title: 'Too many requests' },
  unauthorized: { status: 401, title: 'Token no longer valid' },
  invalid_request: { status: 400, title: 'Invalid request' },
  body_invalid: { status: 400, title: 'Invalid body' },
  query_invalid: { status: 422, title: 'Invalid query parameter' },
  start_invalid: { status: 422, title: 'Invalid cursor' },
  note_invalid: { status: 422, title: 'Invalid note' },
  scopes_invalid: { status: 422, title: 'Invalid scopes' },
  resources_invalid: { status: 422, title: 'Invalid resources' },
  urls_invalid: { status: 422, title: 'Invalid allowedUrls' },
  applications_invalid: { status: 422, title: 'Invalid allowedApplications' },
  addresses_invalid: { status: 422, title: 'Invalid allowedAddresses' },
  expires_invalid: { status: 422, title: 'Invalid expires' },
  expires_in_past: { status: 422, title: 'Expiry in the past' },
  expires_too_far: { status: 422, title: 'Expiry too far ahead' },
  expires_after_creator: { status: 422, title: 'Expiry later than that of the calling token' },
  caller_is_temporary: { status: 403, title: 'Not for a temporary token' },
  caller_is_public: { status: 403, title: 'Not for a public token' },
  step_up_required: { status: 403, title: 'Show again who you are' },
  account_not_chosen: { status: 400, title: 'No account was chosen' },
  member_only: { status: 403, title: 'For people only' },
  role_out_of_reach: { status: 403, title: 'Role is out of reach' },
  last_owner: { status: 409, title: 'The last owner stays' },
  member_not_found: { status: 404, title: 'No such member' },
  member_exists: { status: 409, title: 'A member already' },
  invitation_not_found: { status: 404, title: 'No such invitation' },
  too_many_invitations: { status: 409, title: 'Too many invitations wait' },
  mail_delayed: { status: 429, title: 'Too many mails to this address' },
  operator_only: { status: 403, title: 'For the operator only' },
  token_not_found: { status: 404, title: 'No such token' },
  refusal_not_found: { status: 404, title: 'Refusal not found' },
  revision_not_found: { status: 404, title: 'No such revision' },
  selection_changed: { status: 409, title: 'Other tokens than expected' },
  token_revoked: { status: 409, title: 'Token is revoked' },
  token_is_temporary: { status: 409, title: 'Token is temporary' },
  rotation_underway: { status: 409, title: 'Token is being rotated' },
  rotation_not_found: { status: 404, title: 'Token is not being rotated' },
  successor_in_use: { status: 409, title: 'Successor is in use' },
  grace_invalid: { status: 422, title: 'Invalid grace time' },
  account_not_found: { status: 404, title: 'No such account' },
  account_name_invalid: { status: 422, title: 'Invalid account name' },
  account_exists: { status: 409, title: 'Account exists' },
  allowance_invalid: { status: 422, title: 'Invalid allowance' },
  operator_account: { status: 409, title: "The operator's account cannot be suspended" },
  already_initialised: { status: 409, title: 'Already initialised' },
  idempotency_key_invalid: { status: 400, title: 'Invalid Idempotency-Key' },
  idempotency_key_reused: { status: 422, title: 'Idempotency-Key used for another request' },
  route_not_found: { status: 404, title: 'No such route' },
  unknown_connection: { status: 409, title: 'No such verifier connection' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  payload_too_large: { status: 413, title: 'Payload too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  not_signed_in: { status: 401, title: 'Not signed in' },
  cross_site_request: { status: 403, title: 'Request of another site' },
  sign_in_refused: { status: 401, title: 'Sign-in refused' },
  sign_in_delayed: { status: 429, title: 'Too many failed tries' },
  sign_in_locked: { status: 429, title: 'Too many failed tries' },
  second_factor_refused: { status: 401, title: 'Code refused' },
  second_factor_exists: { status: 409, title: 'There is a second factor' },
  second_factor_missing: { status: 409, title: 'There is no second factor' },
  password_wrong: { status: 403, title: 'Wrong password' },
  password_refused: { status: 422, title: 'Password not taken' },
  email_invalid: { status: 422, title: 'Invalid e-mail address' },
  email_exists: { status: 409, title: 'E-mail address is taken' },
  name_invalid: { status: 422, title: 'Invalid name' },
  link_invalid: { status: 404, title: 'Link cannot be used' },
  invitation_for_another: { status: 403, title: 'Invitation for another person' },
  session_not_found: { status: 404, title: 'No such session' },
  internal_error: { status: 500, title: 'Internal server error' },
  unavailable: { status: 503, title: 'Service unavailable' },
} as const satisfies Record<ProblemCode, ProblemText>;

/**
 * The problem's `type` (RFC 9457 §3.1.1): the same on every installation, and a reference that leads to the
 * installation's own page about it.
 */
export function problemType(code: ProblemCode): string {
  return `/docs/errors#${code}`;
}

const CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

/** `application/problem+json` of the native API. */
export const ProblemSchema = z
  .object({
    type: z.string().meta({ format: 'uri-reference', example: '/docs/errors#insufficient_scope' }),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(CODES),
    detail: z.string().optional(),
    field: z.string().optional().meta({ description: 'The field of body or query at fault: `scopes[2]`.' }),
    class: z.enum(STEP_UP_CLASSES).optional().meta({
      description:
        'Of `step_up_required`: the class of act for which password or second factor have to be shown again.',
    }),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'Problem details, RFC 9457.' });
export type Problem = z.infer<typeof ProblemSchema>;
