import type { DenyReason } from '@latchkey/core';
import type { ProblemCode } from '@latchkey/wire/native';
import type { TokensApiErrorCode } from '@latchkey/wire/tokens-api';

/** What each code means and what to do, for the codes that are not a decision about the caller's token: core tells those. */
export const ERROR_HELP = {
  unauthorized:
    "The caller's token was revoked, expired or narrowed while the call ran. Call again with another one.",
  invalid_request:
    'The call can be read in more than one way: a token in two places, a repeated header, a parameter with two values. Send each once.',
  body_invalid:
    'The body is not what the call takes. `field` names the place, `detail` the remedy; nothing was stored.',
  query_invalid: 'A query parameter has a value that it cannot have. `field` names it.',
  usage_invalid: 'The parameter usage is pk or sk.',
  default_invalid: 'The parameter default is true or false.',
  limit_invalid: 'The parameter limit is a number from 1 to 500.',
  sortby_invalid: 'The parameter sortby is created or modified.',
  start_invalid: 'The cursor was not made by this list. Take it from the page before, unchanged.',
  period_invalid:
    'A period goes from a date to the same or a later one (YYYY-MM-DD, UTC), 31 days at most. `field` names the date at fault.',
  refusal_not_found:
    'No verifier has reported a refusal of this request of your account. Reports take ten seconds, and are kept for a day.',
  note_invalid: 'A note has at most 128 characters and holds no token.',
  scopes_invalid:
    'A scope does not exist, the caller or its account lacks it, or it is secret and the token is public. `detail` names it.',
  resources_invalid: 'A resource is not a path prefix, or is not within those of the caller.',
  urls_invalid:
    'A URL entry has no valid form, or is not within those of the caller. `detail` names the entry and the reason.',
  applications_invalid: 'An application has no valid form, or is not among those of the caller.',
  addresses_invalid: 'An address or range has no valid form, or is not within those of the caller.',
  expires_invalid: 'The text is not a time, or this token may not expire.',
  expires_in_past:
    'The expiry has passed. Compare the clock of the caller with the Date header of the answer.',
  expires_too_far:
    'A temporary token lives one hour at most. For longer, give an expiry to a token of the native API.',
  expires_after_creator: 'A token cannot outlive the one that makes it.',
  caller_is_temporary: 'A temporary token makes only temporary tokens. Call with a secret token.',
  caller_is_public: 'A public token cannot do this. Call with a secret token.',
  step_up_required:
    'Somebody who is signed in has to show password or second factor again, for this class of act and in this session. `class` names it; the call then passes.',
  account_not_chosen:
    'Whoever is signed in belongs to several accounts. Name one of them in the header Latchkey-Account.',
  member_only: 'This is for people who are signed in, whatever scopes a token has.',
  role_out_of_reach:
    'This role does not give or take away the role in question. `detail` names those that do.',
  last_owner: 'An account always has an owner. Make somebody else owner first.',
  member_not_found: 'The account has no such member.',
  member_exists: 'Whoever has this address is a member of the account already. Change the role instead.',
  invitation_not_found: 'No such invitation waits in the account: it was accepted, taken back, or is over.',
  too_many_invitations: 'Too many invitations of the account wait to be accepted. Take some back.',
  mail_delayed:
    'Mails were sent to this address already, by whomever. Retry-After says when the next one is possible.',
  operator_only: "This belongs to the operator's account.",
  access_token_required:
    'There is no token to be judged. Send it as access_token in the query, or as Bearer.',
  token_not_found: "The caller's account has no such token.",
  revision_not_found:
    'No change has this revision, or it is older than the changes that are kept (`feed.keepChanges`). Take it from `Latchkey-Revision` of the answer to the change.',
  selection_changed:
    'Another number of tokens fits than `expected` says: somebody made, changed or revoked some. Do the dry run again.',
  token_revoked: 'The token was revoked, which is final. Make another one.',
  token_is_temporary: 'A temporary token cannot be changed. Make another one.',
  rotation_underway:
    'The token is part of a rotation that has not ended. Undo it (DELETE …/rotation), or end it by revoking the old token.',
  rotation_not_found: 'Nothing is to replace this token, and it is to replace no other.',
  successor_in_use:
    'Somebody uses the successor already. Say with `successor` whether it is to be revoked or kept.',
  grace_invalid:
    'A token is retired after a grace time (0s to 30d) or once it was quiet (1m to 30d). `detail` tells what was wrong.',
  account_not_found: 'There is no such account, or the caller may not see it.',
  account_name_invalid: 'A name has 2 to 39 of a-z, 0-9 and single "-", none at the ends.',
  account_exists: 'An account has this name already.',
  allowance_invalid: 'The allowance names a scope that does not exist or that only the operator can hold.',
  operator_account: "The operator's account cannot be suspended: nobody could resume it.",
  already_initialised: "The installation has its operator's account already.",
  idempotency_key_invalid: 'An Idempotency-Key is one short text of printable characters, sent once.',
  idempotency_key_reused: 'The key was used for another call before. Use a new key for each new thing.',
  unknown_connection: 'The verifier has no open stream with this connection id here. Open the feed again.',
  route_not_found: 'There is nothing at this path. /openapi.json lists what there is.',
  method_not_allowed: 'The path is right, the method is not. The header Allow lists those that are.',
  payload_too_large: 'A body has at most 64 KiB (an acknowledgement of the feed 1 MiB).',
  unsupported_media_type: 'Send "Content-Type: application/json" in UTF-8, without Content-Encoding.',
  not_signed_in: 'Nobody is signed in here, or the session has ended. Sign in again.',
  cross_site_request:
    'A call with the session cookie comes from a page of this server itself: its browser says so in Sec-Fetch-Site, or in Origin.',
  sign_in_refused:
    'The e-mail address and the password do not belong together. Whether there is such an address is not told.',
  sign_in_delayed:
    'After failed tries the next one has to wait, longer each time. Retry-After says how long.',
  sign_in_locked:
    'A hundred tries in a row have failed. Sign in from a browser that was signed in before, or ask for a link by e-mail to set a new password.',
  second_factor_refused:
    'The code is wrong, over, or was used before. Use the one that the application shows now, or a recovery code.',
  second_factor_exists: 'The second factor is set up. Take it away first to set up another one.',
  second_factor_missing: 'No second factor was begun or set up.',
  password_wrong: 'The password is not that of the person who is signed in.',
  password_refused:
    'A password has at least 15 characters (8 with a second factor) and is none that many people use. `detail` tells what is wrong.',
  email_invalid: 'The text is no e-mail address.',
  email_exists: 'There is a person with this e-mail address. Sign in first.',
  name_invalid: 'A name has 1 to 100 characters.',
  link_invalid: 'The link was used, is over, or never was. Ask for another one.',
  invitation_for_another:
    'The invitation is for another e-mail address than that of the person who is signed in.',
  session_not_found: 'The person has no such session, or no longer.',
  internal_error: 'The server failed. Its log has the cause under the requestId of the answer.',
  unavailable: 'The server cannot answer now. Try again after Retry-After.',
} as const satisfies Record<Exclude<TokensApiErrorCode | ProblemCode, DenyReason>, string>;
