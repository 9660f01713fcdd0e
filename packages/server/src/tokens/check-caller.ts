import { contains, type StepUpClass } from '@latchkey/core';
import type { AccountRow, TokenRow } from '../store/rows.ts';
import type { Changes } from '../store/store.ts';
import type { Caller, MemberCaller, TokenCaller } from './caller.ts';
import { refuseLackingScope } from './caller-rights.ts';
import type { Outcome, Refused } from './outcome.ts';
import { done, refused } from './outcome.ts';

/** What the caller lacks, by what the door saw of it: enough for reads, and for refusing a change early. */
export function refuseCaller(caller: Caller, account: string, scope: string): Refused | undefined {
  return refuseForeignAccount(caller, account) ?? refuseLackingScope(caller, scope);
}

export function refuseForeignAccount(caller: Caller, account: string): Refused | undefined {
  if (account === caller.account.name) return undefined;
  return refused({ code: 'account_not_found', detail: 'There is no such account.', field: 'account' });
}

/** Accounts are the operator's business. */
export function refuseOperatorCall(caller: Caller, scope: string): Refused | undefined {
  const lacking = refuseLackingScope(caller, scope);
  if (lacking !== undefined || caller.account.kind === 'operator') return lacking;
  return refused({ code: 'operator_only', detail: "Only the operator's account may do this." });
}

type CallerReads = Pick<Changes, 'account' | 'token' | 'member' | 'signedInSession'>;

/**
 * Reads the caller again, inside the change where there is one, so that a revocation, a suspension, a narrowing, another
 * role or the end of a session that committed since the door looked is obeyed. Answers the caller as it is stored at this moment.
 */
export async function currentCaller(
  changes: CallerReads,
  caller: Caller,
  scope: string,
  now: number,
): Promise<Outcome<Caller>> {
  return caller.kind === 'token'
    ? currentToken(changes, caller, scope, now)
    : currentMember(changes, caller, scope);
}

/** Where the token was narrowed to other places, the door's own check no longer counts and the caller has to come again. */
export async function currentToken(
  changes: CallerReads,
  caller: TokenCaller,
  scope: string,
  now: number,
): Promise<Outcome<TokenCaller>> {
  const token = await changes.token(caller.token.id);
  const account = await changes.account(caller.token.account);
  if (token === undefined || token.status === 'revoked')
    return unauthorized("The caller's token was revoked.");
  if (token.expires !== null && token.expires <= now) return unauthorized("The caller's token has expired.");
  if (account?.status !== 'active') return suspended();
  if (!admitsWhatWasSeen(token, caller.token)) {
    return unauthorized("The caller's token was restricted while the request ran; send it again.");
  }
  const current: TokenCaller = { ...caller, token, account };
  return refuseLackingScope(current, scope) ?? done(current);
}

/** @param scope left out: members may do this by their role alone, which the caller looks at */
export async function currentMember(
  changes: Pick<Changes, 'account' | 'member' | 'signedInSession'>,
  caller: MemberCaller,
  scope?: string,
): Promise<Outcome<MemberCaller>> {
  const session = await changes.signedInSession(caller.session);
  if (session?.person !== caller.person.id) return unauthorized('Your session has ended. Sign in again.');
  const account: AccountRow | undefined = await changes.account(caller.account.name);
  if (account?.status !== 'active') return suspended();
  const member = await changes.member(account.name, caller.person.id);
  if (member === undefined) {
    return unauthorized(`You are not a member of the account ${account.name} any more.`);
  }
  const stepUps = new Map(Object.entries(session.stepUps) as [StepUpClass, number][]);
  const current: MemberCaller = { ...caller, account, role: member.role, stepUps };
  return (scope === undefined ? undefined : refuseLackingScope(current, scope)) ?? done(current);
}

function admitsWhatWasSeen(current: TokenRow, seen: TokenRow): boolean {
  if (current.revision === seen.revision) return true;
  const places = ({ restrictions }: TokenRow) => ({ scopes: [], restrictions, expires: null });
  return contains(places(current), places(seen)).contained;
}

function suspended(): Refused {
  return refused({ code: 'account_suspended', detail: "The caller's account is suspended." });
}

function unauthorized(detail: string): Refused {
  return refused({ code: 'unauthorized', detail });
}
