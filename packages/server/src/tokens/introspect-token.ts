import type { TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import { refuseCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';
import { done } from './outcome.ts';
import { validateToken } from './validate-token.ts';

/**
 * The token with this text, where it is valid and the caller may see it: its own account's, or as operator any. Everything
 * else is null: expired, revoked, foreign, no token at all. Needs `tokens:read`.
 */
export async function introspectToken(
  deps: Pick<Deps, 'store' | 'now' | 'hash'>,
  caller: Caller,
  text: string,
): Promise<Outcome<TokenRow | null>> {
  const early = refuseCaller(caller, caller.account.name, 'tokens:read');
  if (early !== undefined) return early;
  const verdict = await validateToken(deps, text);
  if (verdict.code !== 'TokenValid') return done(null);
  const maySee = caller.account.kind === 'operator' || verdict.token.account === caller.account.name;
  return done(maySee ? verdict.token : null);
}
