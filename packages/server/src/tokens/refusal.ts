import type { StepUpClass } from '@latchkey/core';

/** Why a use case refuses. The union is closed; the doors map each to their own status and message. */
export type RefusalCode =
  /** The caller's token was revoked, expired or narrowed while the request ran. */
  | 'unauthorized'
  /** The caller's account is suspended. */
  | 'account_suspended'
  /** The caller's token, or the member's role, lacks the scope named in `scope`. */
  | 'insufficient_scope'
  /** The member has to show password or second factor again, for the class of act named in `stepUp`. */
  | 'step_up_required'
  /** The act belongs to the operator's account. */
  | 'operator_only'
  /** A temporary token makes only temporary tokens and no accounts. */
  | 'caller_is_temporary'
  /** A public token makes no temporary tokens. */
  | 'caller_is_public'
  /** No such account, or one that the caller may not see: the two look alike. */
  | 'account_not_found'
  /** No such token in this account; another account's token looks the same. */
  | 'token_not_found'
  /** The token is this account's, but was revoked before. */
  | 'token_revoked'
  /** A temporary token cannot be changed, because its text states its scopes. */
  | 'token_is_temporary'
  /** The token is being replaced already, or has just replaced another that still works. */
  | 'rotation_underway'
  /** Nothing replaces the token, and it replaces nothing that still works. */
  | 'rotation_not_found'
  /** The successor of an undone rotation was used: the caller has to say what becomes of it. */
  | 'successor_in_use'
  /** The time after which the old token is retired is not one that there is. */
  | 'grace_invalid'
  | 'note_invalid'
  | 'scopes_invalid'
  | 'urls_invalid'
  | 'resources_invalid'
  | 'applications_invalid'
  | 'addresses_invalid'
  /** The time is not a time, or this token may not expire (the default token). */
  | 'expires_invalid'
  | 'expires_in_past'
  /** A temporary token lives one hour at most. */
  | 'expires_too_far'
  /** Later than the expiry of the caller's token. */
  | 'expires_after_creator'
  /** Other tokens fit than the caller has seen. */
  | 'selection_changed'
  /** The caller's role neither gives nor takes away the role in question. */
  | 'role_out_of_reach'
  /** The account would have no owner. */
  | 'last_owner'
  /** No such member of this account; another account's looks the same. */
  | 'member_not_found'
  /** Whoever has the address is a member already. */
  | 'member_exists'
  /** No such invitation waits in this account. */
  | 'invitation_not_found'
  /** Too many invitations of the account wait. */
  | 'too_many_invitations'
  /** Mails were sent to this address already; `retryAfterSeconds` tells when the next one is possible. */
  | 'mail_delayed'
  /** The text is no e-mail address. */
  | 'email_invalid'
  /** Parameters that do not fit together. */
  | 'query_invalid'
  /** No refusal of this request is known, or one that the caller may not see: the two look alike. */
  | 'refusal_not_found'
  /** The list cursor was not made by this list. */
  | 'start_invalid'
  | 'idempotency_key_invalid'
  /** The key was used before, for a different request. */
  | 'idempotency_key_reused'
  | 'account_name_invalid'
  | 'account_exists'
  | 'allowance_invalid'
  /** The operator's account cannot be suspended. */
  | 'operator_account'
  /** The installation has its operator's account already. */
  | 'already_initialised';

/** A refusal is a value. `detail` is one sentence for the holder of the caller's token; it never holds a token's text. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: string;
  /** The input field that is at fault, as the native API names it (`allowedUrls`). */
  readonly field?: string;
  /** The scope that is lacking, where the code is `insufficient_scope`. */
  readonly scope?: string;
  /** The class of act, where the code is `step_up_required`. */
  readonly stepUp?: StepUpClass;
  /** When the same call may pass. */
  readonly retryAfterSeconds?: number;
}
