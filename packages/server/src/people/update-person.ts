import type { PersonRow } from '../store/people-rows.ts';
import type { PeopleDeps } from './deps.ts';
import { readPersonName } from './read-person.ts';
import { accepted, type PeopleOutcome } from './refusal.ts';

/** Changes what people may change of themselves without further proof. What is undefined stays. */
export async function updatePerson(
  { store, now }: Pick<PeopleDeps, 'store' | 'now'>,
  person: PersonRow,
  changes: { readonly name?: string | undefined; readonly language?: PersonRow['language'] | undefined },
): Promise<PeopleOutcome<PersonRow>> {
  const name = changes.name === undefined ? undefined : readPersonName(changes.name);
  if (name !== undefined && !name.ok) return name;
  const changed = {
    ...(name === undefined ? {} : { name: name.value }),
    ...(changes.language === undefined ? {} : { language: changes.language }),
  };
  await store.updatePerson(person.id, changed, now());
  return accepted({ ...person, ...changed });
}
