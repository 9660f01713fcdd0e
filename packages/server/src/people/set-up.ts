import type { AccountName } from '@latchkey/core';
import type { PersonRow } from '../store/people-rows.ts';
import type { PeopleDeps } from './deps.ts';
import { hasOwner, memberEntry } from './member-entry.ts';
import { newPerson } from './new-person.ts';
import { accepted, declined, type PeopleOutcome } from './refusal.ts';

/** Whether nobody owns the operator's account yet. */
export async function isSetupNeeded(
  { store }: Pick<PeopleDeps, 'store'>,
  operator: AccountName,
): Promise<boolean> {
  const members = await store.membersOf(operator);
  return !members.some(({ member }) => member.role === 'owner');
}

export interface SetUpInput {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly requestId: string;
}

/** Makes the first person, owner of the operator's account, once; the link is used up by it. */
export async function setUp(
  deps: PeopleDeps,
  operator: AccountName,
  input: SetUpInput,
): Promise<PeopleOutcome<PersonRow>> {
  const digest = deps.key.digest('link', input.token);
  if ((await deps.store.link(digest, 'setup', deps.now())) === undefined) return declined(UNUSABLE);
  const made = await newPerson(deps, input, null);
  if (!made.ok) return made;
  const person = made.value;
  // From here on the link is used up, whoever comes with it too.
  if ((await deps.store.takeLink(digest, 'setup', deps.now())) === undefined) return declined(UNUSABLE);
  const { value } = await deps.store.change(async (changes): Promise<PeopleOutcome<PersonRow>> => {
    if (await hasOwner(changes, operator)) return declined(UNUSABLE);
    const known = await changes.personByEmail(person.email);
    if (known !== undefined) return declined({ code: 'email_exists', detail: 'There is such a person.' });
    const at = deps.now();
    const member = {
      account: operator,
      person: person.id,
      role: 'owner',
      createdAt: at,
      modifiedAt: at,
    } as const;
    const actor = { kind: 'system', name: 'setup' } as const;
    changes.putPerson(person);
    changes.putMember(member);
    changes.audit(memberEntry({ actor, at, requestId: input.requestId }, 'member.add', null, member, person));
    return accepted(person);
  });
  return value;
}

const UNUSABLE = {
  code: 'link_invalid',
  detail: 'The setup link was used, is over, or was replaced by the last start of the server.',
} as const;
