import type { AccountName, Role } from '@latchkey/core';
import { parseAccountName } from '@latchkey/core';
import { callerContext } from '../audit/audit-entry.ts';
import type { PeopleDeps } from '../people/deps.ts';
import { judgeGuess } from '../people/guess-limit.ts';
import { draftInvitation } from '../people/invitations.ts';
import { MAIL_PACE, mailDelayed, mailKey } from '../people/mail-pace.ts';
import type { InvitationRow } from '../store/people-rows.ts';
import type { MemberCaller } from '../tokens/caller.ts';
import { refuseLackingScope } from '../tokens/caller-rights.ts';
import { changeOutcome } from '../tokens/change-outcome.ts';
import { currentMember } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome, Refused } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';
import { refuseWithoutStepUp } from '../tokens/step-up.ts';
import { dropInvitations, invitationEntry } from './invitation-entry.ts';
import { refuseRole } from './manage-members.ts';

export interface InviteInput {
  readonly email: string;
  readonly role: Role;
  /** Not sent: the caller's own. Another one: members of the operator's account with `accounts:write` give accounts their first owner. */
  readonly account?: string | undefined;
}

export interface InviteDeps extends Pick<Deps, 'now'> {
  readonly store: Deps['store'] & PeopleDeps['store'];
  readonly people: Pick<PeopleDeps, 'key' | 'now' | 'randomBytes' | 'letters'>;
}

/** So many may wait in one account: mails go to people who did not ask for them. */
const WAITING_LIMIT = 50;

/**
 * Invites somebody by mail, in place of what was sent to the same address before. Needs the right to give the role, and
 * that of what is replaced, and the step-up `members`. Mails to one address are paced, whichever account invites.
 */
export async function invite(
  deps: InviteDeps,
  caller: MemberCaller,
  input: InviteInput,
): Promise<Outcome<InvitationRow>> {
  const named = input.account === undefined ? caller.account.name : parseAccountName(input.account);
  const early = refuseRole(caller, input.role) ?? refuseAccount(caller, named);
  if (early !== undefined) return early;
  if (named === undefined) return accountNotFound();
  const drafted = draftInvitation(deps.people, {
    account: named,
    email: input.email,
    role: input.role,
    invitedBy: caller.person.id,
  });
  if (!drafted.ok) return refused({ code: 'email_invalid', detail: drafted.refusal.detail, field: 'email' });
  const { row, token } = drafted.value;
  const outcome = await changeOutcome<InvitationRow>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentMember(changes, caller);
    if (!current.ok) return current;
    const refusal = refuseRole(current.value, row.role) ?? refuseAccount(current.value, named);
    if (refusal !== undefined) return refusal;
    if ((await changes.account(named)) === undefined) return accountNotFound();
    const person = await changes.personByEmail(row.email);
    if (person !== undefined && (await changes.member(named, person.id)) !== undefined) {
      const detail = 'Whoever has this address is a member already.';
      return refused({ code: 'member_exists', detail, field: 'email' });
    }
    const unproven = refuseWithoutStepUp(caller, 'members', at);
    if (unproven !== undefined) return unproven;
    const waiting = (await changes.invitations(named)).filter(({ expiresAt }) => expiresAt > at);
    const earlier = waiting.filter(({ email }) => email === row.email);
    for (const one of earlier) {
      // What the caller could not take back is not replaced either.
      const outOfReach = refuseRole(current.value, one.role);
      if (outOfReach !== undefined) return outOfReach;
    }
    if (waiting.length - earlier.length >= WAITING_LIMIT) {
      const detail = `${WAITING_LIMIT} invitations wait already. Take some back first.`;
      return refused({ code: 'too_many_invitations', detail });
    }
    const key = mailKey(deps.people, 'invitation', row.email);
    const paced = judgeGuess(await changes.guess(key), key, at, MAIL_PACE);
    if (!paced.allowed) return refused({ ...mailDelayed(paced), field: 'email' });
    changes.putGuess(paced.row, at);
    const context = callerContext(current.value, at);
    dropInvitations(changes, context, earlier);
    changes.putInvitation(row);
    changes.audit(invitationEntry(context, 'invitation.create', row));
    return done(row);
  });
  if (outcome.ok) await sendLetter(deps, caller, row, token);
  return outcome;
}

/** Takes an invitation back. Needs the right to give its role, and the step-up `members`. */
export async function takeBackInvitation(
  deps: Pick<InviteDeps, 'store' | 'now'>,
  caller: MemberCaller,
  { id }: { readonly id: string },
): Promise<Outcome<null>> {
  return changeOutcome<null>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentMember(changes, caller);
    if (!current.ok) return current;
    const row = await changes.invitation(id);
    if (row?.account !== current.value.account.name || row.expiresAt <= at) {
      return refused({ code: 'invitation_not_found', detail: 'No such invitation waits in the account.' });
    }
    const refusal = refuseRole(current.value, row.role) ?? refuseWithoutStepUp(caller, 'members', at);
    if (refusal !== undefined) return refusal;
    changes.dropInvitation(id);
    changes.audit(invitationEntry(callerContext(current.value, at), 'invitation.revoke', row));
    return done(null);
  });
}

async function sendLetter(
  { store, people }: InviteDeps,
  caller: MemberCaller,
  { email, account, role }: InvitationRow,
  token: string,
): Promise<void> {
  const inviter = await store.person(caller.person.id);
  const language = inviter?.language ?? null;
  people.letters.invitation({ email, account, role, inviter: caller.person.name, language }, token);
}

/** Another account is told only to who may make accounts. */
function refuseAccount(caller: MemberCaller, named: AccountName | undefined): Refused | undefined {
  if (named === caller.account.name) return undefined;
  return refuseLackingScope(caller, 'accounts:write') === undefined ? undefined : accountNotFound();
}

function accountNotFound(): Refused {
  return refused({ code: 'account_not_found', detail: 'There is no such account.', field: 'account' });
}
