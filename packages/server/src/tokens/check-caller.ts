import type { Scope } from '@latchkey/core';
import { contains } from '@latchkey/core';
import type { AccountRow, TokenRow } from '../store/rows.ts';
import type { Changes } from '../store/store.ts';
import type { Caller } from './caller.ts';
import type { Outcome, Refused } from './outcome.ts';
import { done, refused } from './outcome.ts';

/** The caller as it is stored at this moment. */
export interface CurrentCaller {
  readonly token: TokenRow;
  readonly account: AccountRow;
}

/** What the caller lacks, by what the door saw of it: enough for reads, and for refusing a change early. */
export function refuseCaller(caller: Caller, account: string, scope: string): Refused | undefined {
  return refuseForeignAccount(caller, account) ?? refuseLackingScope(caller.token, scope);
}

export function refuseForeignAccount(caller: Caller, account: string): Refused | undefined {
  if (account === caller.account.name) return undefined;
  return refused({ code: 'account_not_found', detail: 'There is no such account.', field: 'account' });
}

/** Accounts are the operator's business. */
export function refuseOperatorCall(caller: Caller, scope: string): Refused | undefined {
  const lacking = refuseLackingScope(caller.token, scope);
  if (lacking !== undefined || caller.account.kind === 'operator') return lacking;
  return refused({ code: 'operator_only', detail: "Only the operator's account may do this." });
}

/**
 * Reads the caller again, inside the change where there is one, so that a revocation, a suspension or a narrowing that committed since the
 * door looked is obeyed. Where the token was narrowed to other places, the door's own check no longer counts and the
 * caller has to come again.
 */
export async function currentCaller(
  changes: Pick<Changes, 'account' | 'token'>,
  caller: Caller,
  scope: string,
  now: number,
): Promise<Outcome<CurrentCaller>> {
  const token = await changes.token(caller.token.id);
  const account = await changes.account(caller.token.account);
  if (token === undefined || token.status === 'revoked')
    return unauthorized("The caller's token was revoked.");
  if (token.expires !== null && token.expires <= now) return unauthorized("The caller's token has expired.");
  if (account?.status !== 'active') {
    return refused({ code: 'account_suspended', detail: "The caller's account is suspended." });
  }
  if (!admitsWhatWasSeen(token, caller.token)) {
    return unauthorized("The caller's token was restricted while the request ran; send it again.");
  }
  return refuseLackingScope(token, scope) ?? done({ token, account });
}

function admitsWhatWasSeen(current: TokenRow, seen: TokenRow): boolean {
  if (current.revision === seen.revision) return true;
  const places = ({ restrictions }: TokenRow) => ({ scopes: [], restrictions, expires: null });
  return contains(places(current), places(seen)).contained;
}

function unauthorized(detail: string): Refused {
  return refused({ code: 'unauthorized', detail });
}

function refuseLackingScope(token: TokenRow, scope: string): Refused | undefined {
  if (token.scopes.includes(scope as Scope)) return undefined;
  return refused({
    code: 'insufficient_scope',
    detail: `This call requires a token with ${scope} scope.`,
    scope,
  });
}
