import type { PeopleStore } from '../store/people-store.ts';
import type { ChangeStore } from '../store/store.ts';
import type { Sealing } from './better-auth/sealing.ts';
import type { Letters } from './mail/letters.ts';
import type { PasswordHashing } from './password-hashing.ts';
import type { ServerKey } from './server-key.ts';

/** What everything about people is made of; each use case names the part that it uses. */
export interface PeopleDeps {
  readonly store: PeopleStore & Pick<ChangeStore, 'change'>;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** From a cryptographically strong source. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly key: ServerKey;
  readonly passwords: PasswordHashing;
  readonly sealing: Sealing;
  readonly letters: Letters;
}
