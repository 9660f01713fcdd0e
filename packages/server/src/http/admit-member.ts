import type { IncomingMessage } from 'node:http';
import type { Scope } from '@latchkey/core';
import type { ProblemCode } from '@latchkey/wire/native';
import type { AccountRow } from '../store/rows.ts';
import type { MemberCaller } from '../tokens/caller.ts';
import { refuseLackingScope } from '../tokens/caller-rights.ts';
import type { AppDeps } from './app-deps.ts';
import { fail } from './failure.ts';
import { nativeFailure } from './refusal-failure.ts';

/** Says for which account somebody calls who may belong to several. */
export const ACCOUNT_HEADER = 'latchkey-account';

type Refusal = ReturnType<typeof fail<ProblemCode>>;
export type Admission = { readonly ok: true; readonly value: MemberCaller } | Refusal;

/**
 * The caller of a request that came without a token, by the session in its cookie. Undefined: nobody is signed in. Refuses calls
 * from pages that are not this server's, and whatever the role of the member does not allow.
 */
export async function admitMember(
  deps: Pick<AppDeps, 'sessions' | 'people'>,
  incoming: IncomingMessage,
  requires: readonly Scope[],
  requestId: string,
): Promise<Admission | undefined> {
  const found = await deps.sessions.find(incoming.headers);
  if (found === undefined) return undefined;
  if (found === 'cross_site_request') {
    const detail =
      'The session counts only for pages of this server, and the request does not say that it comes from one.';
    return fail('cross_site_request', { detail });
  }
  const memberships = await deps.people.store.membershipsOf(found.person.id);
  const chosen = chooseAccount(memberships, incoming.headersDistinct[ACCOUNT_HEADER]);
  if ('ok' in chosen) return chosen;
  const { account, role } = chosen;
  if (account.status !== 'active') {
    return fail('account_suspended', { detail: `The account ${account.name} is suspended.` });
  }
  const { person, sessionId: session, stepUps } = found;
  const caller: MemberCaller = { kind: 'member', person, role, account, session, stepUps, requestId };
  for (const scope of requires) {
    const lacking = refuseLackingScope(caller, scope);
    if (lacking !== undefined) return nativeFailure(lacking.refusal);
  }
  return { ok: true, value: caller };
}

/** An account to which the person does not belong is answered as one that does not exist. */
function chooseAccount<M extends { readonly account: AccountRow }>(
  memberships: readonly M[],
  names: readonly string[] | undefined,
): M | Refusal {
  if (names !== undefined && names.length > 1) {
    return fail('invalid_request', { detail: 'Latchkey-Account came more than once. Send it once.' });
  }
  const [name] = names ?? [];
  if (name !== undefined) {
    const detail = 'There is no such account.';
    return (
      memberships.find(({ account }) => account.name === name) ??
      fail<ProblemCode>('account_not_found', { detail, field: 'Latchkey-Account' })
    );
  }
  const [only, ...others] = memberships;
  if (only === undefined) return fail('account_not_found', { detail: 'You belong to no account.' });
  if (others.length === 0) return only;
  const detail = 'You belong to several accounts. Name one in the header Latchkey-Account.';
  return fail('account_not_chosen', { detail, field: 'Latchkey-Account' });
}
