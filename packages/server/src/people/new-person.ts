import type { PersonId, PersonRow } from '../store/people-rows.ts';
import { newHandle } from './credential.ts';
import type { PeopleDeps } from './deps.ts';
import { passwordProblem } from './password-rule.ts';
import { readEmail, readPersonName } from './read-person.ts';
import { accepted, declined, type PeopleOutcome } from './refusal.ts';

/** A person as they are to be stored, where address, name and password can be taken. */
export async function newPerson(
  deps: Pick<PeopleDeps, 'passwords' | 'now' | 'randomBytes'>,
  input: { readonly email: string; readonly name: string; readonly password: string },
  emailVerifiedAt: number | null,
): Promise<PeopleOutcome<PersonRow>> {
  const email = readEmail(input.email);
  if (!email.ok) return email;
  const name = readPersonName(input.name);
  if (!name.ok) return name;
  const owner = { email: email.value, name: name.value, hasSecondFactor: false };
  const problem = passwordProblem(input.password, owner);
  if (problem !== undefined)
    return declined({ code: 'password_refused', detail: problem, field: 'password' });
  const at = deps.now();
  return accepted({
    // Made here and nowhere else.
    id: newHandle(deps) as PersonId,
    email: email.value,
    name: name.value,
    language: null,
    passwordHash: await deps.passwords.hash(input.password),
    emailVerifiedAt,
    secondFactor: null,
    createdAt: at,
    modifiedAt: at,
  });
}
