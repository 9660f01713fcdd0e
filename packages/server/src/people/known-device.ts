import { timingSafeEqual } from 'node:crypto';
import type { PersonRow } from '../store/people-rows.ts';
import { newHandle } from './credential.ts';
import type { PeopleDeps } from './deps.ts';

/**
 * A browser in which a person has signed in keeps this text, and with it tries to sign in are counted apart from those of
 * strangers. It lets nobody in. It is void once password or second factor are others.
 */
export function deviceText(deps: Pick<PeopleDeps, 'key' | 'randomBytes'>, person: PersonRow): string {
  const device = newHandle(deps);
  return `${person.id}.${device}.${proofOf(deps, person, device)}`;
}

/** The name of the device; undefined: the text was not made for this person, or before another password. */
export function deviceOf(
  deps: Pick<PeopleDeps, 'key'>,
  text: string | undefined,
  person: PersonRow | undefined,
): string | undefined {
  const [id = '', device = '', proof = ''] = text?.split('.') ?? [];
  if (person === undefined || id !== person.id) return undefined;
  const wanted = Buffer.from(proofOf(deps, person, device));
  const given = Buffer.from(proof);
  return wanted.length === given.length && timingSafeEqual(wanted, given) ? device : undefined;
}

function proofOf(
  { key }: Pick<PeopleDeps, 'key'>,
  { id, passwordHash, secondFactor }: PersonRow,
  device: string,
): string {
  // A browser that knew the password alone has not shown the factor that came later.
  const factor = secondFactor?.confirmedAt == null ? '' : secondFactor.sealed;
  return key.digest('device', `${id}\0${passwordHash}\0${factor}\0${device}`);
}
