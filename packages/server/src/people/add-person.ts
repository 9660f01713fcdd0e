import { parseAccountName, type Role } from '@latchkey/core';
import type { PersonRow } from '../store/people-rows.ts';
import type { PeopleDeps } from './deps.ts';
import { memberEntry } from './member-entry.ts';
import { newPerson } from './new-person.ts';
import { accepted, declined, type PeopleOutcome } from './refusal.ts';

export interface AddPersonInput {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** Names of accounts. */
  readonly memberships: readonly { readonly account: string; readonly role: Role }[];
}

/**
 * Makes a person with memberships, for programs that run the server themselves.
 * @throws TypeError where there is no such account
 */
export async function addPerson(deps: PeopleDeps, input: AddPersonInput): Promise<PeopleOutcome<PersonRow>> {
  const made = await newPerson(deps, input, null);
  if (!made.ok) return made;
  const person = made.value;
  const { value } = await deps.store.change(async (changes): Promise<PeopleOutcome<PersonRow>> => {
    if ((await changes.personByEmail(person.email)) !== undefined) {
      const detail = 'There is a person with this address.';
      return declined({ code: 'email_exists', detail, field: 'email' });
    }
    const at = deps.now();
    const context = { actor: { kind: 'system', name: 'start' }, at, requestId: 'start' } as const;
    const members = [];
    for (const { account: text, role } of input.memberships) {
      const name = parseAccountName(text);
      const account = name && (await changes.account(name));
      if (account === undefined) throw new TypeError(`there is no account ${text}`);
      members.push({ account: account.name, person: person.id, role, createdAt: at, modifiedAt: at });
    }
    changes.putPerson(person);
    for (const member of members) {
      changes.putMember(member);
      changes.audit(memberEntry(context, 'member.add', null, member, person));
    }
    return accepted(person);
  });
  return value;
}
