import type { PersonRow } from '../store/people-rows.ts';
import type { PeopleDeps } from './deps.ts';
import { passwordProblem } from './password-rule.ts';
import { accepted, CHANGED_MEANWHILE, declined, type PeopleOutcome } from './refusal.ts';
import { type FoundSession, passwordProof } from './sessions.ts';
import { guessKeys, hasSecondFactor } from './sign-in.ts';
import { proveAgain } from './step-up.ts';

/** Sets a new password by the link of a mail, which is used up. All sessions of the person end. */
export async function resetPassword(
  deps: PeopleDeps,
  input: { readonly token: string; readonly password: string },
): Promise<PeopleOutcome<PersonRow>> {
  const digest = deps.key.digest('link', input.token);
  const link = await deps.store.link(digest, 'reset', deps.now());
  const owner = link?.person == null ? undefined : await deps.store.person(link.person);
  if (owner === undefined) return declined(UNUSABLE);
  const refused = refusedPassword(input.password, owner);
  if (refused !== undefined) return refused;
  const passwordHash = await deps.passwords.hash(input.password);
  if ((await deps.store.takeLink(digest, 'reset', deps.now())) === undefined) return declined(UNUSABLE);
  const at = deps.now();
  // Whoever has the mail has the address.
  const changed = { ...owner, passwordHash, emailVerifiedAt: owner.emailVerifiedAt ?? at };
  const to = { ...changed, passwordProof: passwordProof(deps, changed) };
  if (!(await deps.store.setPassword({ person: owner, session: null }, to, at))) return declined(UNUSABLE);
  await deps.store.forgetGuess(guessKeys(deps, owner.email, undefined).password);
  deps.letters.passwordChanged(owner);
  return accepted(changed);
}

/** Changes the password of whoever is signed in. All other sessions end, and links of mails that set one are void. */
export async function changePassword(
  deps: PeopleDeps,
  found: FoundSession,
  input: { readonly current: string; readonly password: string },
): Promise<PeopleOutcome<PersonRow>> {
  const proved = await proveAgain(deps, found, { password: input.current });
  if (!proved.ok) {
    const { refusal } = proved;
    return declined(refusal.code === 'password_wrong' ? { ...refusal, field: 'current' } : refusal);
  }
  const { person, session } = found;
  const refused = refusedPassword(input.password, person);
  if (refused !== undefined) return refused;
  const passwordHash = await deps.passwords.hash(input.password);
  const changed = { ...person, passwordHash };
  const to = { ...changed, passwordProof: passwordProof(deps, changed) };
  if (!(await deps.store.setPassword({ person, session: session.id }, to, deps.now())))
    return declined(CHANGED_MEANWHILE);
  deps.letters.passwordChanged(person);
  return accepted(changed);
}

function refusedPassword(password: string, person: PersonRow) {
  const problem = passwordProblem(password, { ...person, hasSecondFactor: hasSecondFactor(person) });
  return problem === undefined
    ? undefined
    : declined({ code: 'password_refused', detail: problem, field: 'password' });
}

const UNUSABLE = {
  code: 'link_invalid',
  detail: 'The link was used, is over, or was replaced by a newer one.',
} as const;
