import { createSealing } from './better-auth/sealing.ts';
import type { PeopleDeps } from './deps.ts';
import { createPasswordHashing } from './password-hashing.ts';
import { openServerKey } from './server-key.ts';

/** All but the mails, which need the address under which the server is known. */
export type KeyedPeople = Omit<PeopleDeps, 'letters'>;

/** The key file is not the one that this database was used with. */
export class WrongServerKey extends Error {
  constructor(file: string) {
    super(
      `${file} is not the key with which people of this database sign in: put the right file there (from a backup, or from another server of this installation)`,
    );
  }
}

/**
 * What everything about people is made of, with the key from its file, which is made where it is missing.
 * @throws WrongServerKey where the database was used with another key
 * @throws Error where the file cannot be had
 */
export async function openPeople({
  store,
  now,
  randomBytes,
  keyFile,
}: Pick<PeopleDeps, 'store' | 'now' | 'randomBytes'> & { readonly keyFile: string }): Promise<KeyedPeople> {
  const key = await openServerKey(keyFile);
  const check = key.digest('check', 'this is the key');
  if ((await store.keyCheck(check)) !== check) throw new WrongServerKey(keyFile);
  return {
    store,
    now,
    randomBytes,
    key,
    passwords: await createPasswordHashing(key.passwordSecret),
    sealing: createSealing(key.sealingKey),
  };
}
