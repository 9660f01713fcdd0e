import type { AccountName, Role } from '@latchkey/core';
import type { PersonRow } from '../store/people-rows.ts';
import type { PeopleDeps } from './deps.ts';
import { memberEntry } from './member-entry.ts';
import { newPerson } from './new-person.ts';
import { accepted, declined, type PeopleOutcome } from './refusal.ts';

export interface AddPersonInput {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly memberships: readonly { readonly account: AccountName; readonly role: Role }[];
}

/** Makes a person with memberships, for programs that run the server themselves. The accounts have to be there. */
export async function addPerson(deps: PeopleDeps, input: AddPersonInput): Promise<PeopleOutcome<PersonRow>> {
  const made = await newPerson(deps, input, null);
  if (!made.ok) return made;
  const person = made.value;
  const { value } = await deps.store.change(async (changes): Promise<PeopleOutcome<PersonRow>> => {
    if ((await changes.personByEmail(person.email)) !== undefined) {
      return declined({
        code: 'email_exists',
        detail: 'There is a person with this address.',
        field: 'email',
      });
    }
    const at = deps.now();
    const context = { actor: { kind: 'system', name: 'start' }, at, requestId: 'start' } as const;
    changes.putPerson(person);
    for (const { account, role } of input.memberships) {
      const member = { account, person: person.id, role, createdAt: at, modifiedAt: at };
      changes.putMember(member);
      changes.audit(memberEntry(context, 'member.add', null, member, person));
    }
    return accepted(person);
  });
  return value;
}
