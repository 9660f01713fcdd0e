import type { ProblemCode } from '@latchkey/wire/native';
import type { TokensApiErrorCode } from '@latchkey/wire/tokens-api';
import type { Refusal, RefusalCode } from '../tokens/refusal.ts';
import { type Failure, fail } from './failure.ts';

type Failed<Code extends string> = { readonly ok: false; readonly failure: Failure<Code> };

/** A use case's refusal in the native API's words: the codes are the same. */
export function nativeFailure(refusal: Refusal): Failed<ProblemCode> {
  const { code, retryAfterSeconds, ...rest } = refusal;
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return fail<ProblemCode>(code, { ...rest, headers });
}

/** Refusals of acts that the Tokens API has no route for. */
const ELSEWHERE = [
  'step_up_required',
  'email_invalid',
  'too_many_invitations',
  'mail_delayed',
  'invitation_not_found',
  'member_exists',
  'member_not_found',
  'last_owner',
  'role_out_of_reach',
  'selection_changed',
  'query_invalid',
  'refusal_not_found',
  'rotation_underway',
  'rotation_not_found',
  'successor_in_use',
  'grace_invalid',
  'account_name_invalid',
  'account_exists',
  'allowance_invalid',
  'operator_account',
  'already_initialised',
] as const satisfies readonly RefusalCode[];
type Elsewhere = (typeof ELSEWHERE)[number];

/** A use case's refusal in the Tokens API's words. */
export function tokensApiFailure(refusal: Refusal): Failed<TokensApiErrorCode> {
  const { code, ...rest } = refusal;
  if (isElsewhere(code)) throw new Error(`the Tokens API cannot say ${code}`);
  return fail<TokensApiErrorCode>(code, rest);
}

function isElsewhere(code: RefusalCode): code is Elsewhere {
  return ELSEWHERE.some((other) => other === code);
}
