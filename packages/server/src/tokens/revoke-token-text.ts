import type { Caller } from './caller.ts';
import { refuseCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';
import { done } from './outcome.ts';
import { revokeToken } from './revoke-token.ts';

/**
 * Revokes the token with this text, where it lives in the caller's account. Whatever else the text is (unknown, another
 * account's, revoked before) is no refusal and changes nothing, so that nobody learns which. Needs `tokens:write`.
 */
export async function revokeTokenText(deps: Deps, caller: Caller, text: string): Promise<Outcome<null>> {
  const account = caller.account.name;
  const early = refuseCaller(caller, account, 'tokens:write');
  if (early !== undefined) return early;
  const found = await deps.store.tokenByDigest(deps.hash(text));
  if (found?.token.account !== account) return done(null);
  const outcome = await revokeToken(deps, caller, { account, id: found.token.id });
  if (outcome.ok) return done(null, outcome.revision);
  // Somebody else was faster, or the token was swept meanwhile.
  const { code } = outcome.refusal;
  return code === 'token_revoked' || code === 'token_not_found' ? done(null) : outcome;
}
