import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { addPerson } from './add-person.ts';
import type { PeopleDeps } from './deps.ts';
import { createLetters } from './mail/letters.ts';
import { newLink } from './new-link.ts';
import { openPeople, WrongServerKey } from './open-people.ts';
import { resetPassword } from './set-password.ts';
import { signIn } from './sign-in.ts';

const ADA = { email: 'ada@example.com', password: 'violet harbour 27 lanterns' };
const GUIDE = new URL('../../../../docs/signing-in.md', import.meta.url);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-people-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function withPeople<T>(keyFile: string, work: (people: PeopleDeps) => Promise<T>): Promise<T> {
  const store: Store = await openSqliteStore({ folder, now: Date.now });
  try {
    const keyed = await openPeople({ store, now: Date.now, randomBytes, keyFile: join(folder, keyFile) });
    return await work({
      ...keyed,
      letters: createLetters(
        () => undefined,
        () => 'https://tokens.example.com',
      ),
    });
  } finally {
    await store.close();
  }
}

const enter = (people: PeopleDeps, password: string) =>
  signIn(people, { ...ADA, password, device: undefined, client: null });

test('another key is refused until the lost one is given up as the guide says; then passwords are set anew', async () => {
  await withPeople('first.key', async (people) => {
    await addPerson(people, { ...ADA, name: 'Ada', memberships: [] });
    const sealed = await people.sealing.seal('secret');
    const person = await people.store.personByEmail(ADA.email);
    if (person === undefined) throw new Error('the person is missing');
    const factor = { sealed, confirmedAt: 1, lastStep: 0 };
    await people.store.setSecondFactor({ person, session: null }, factor, [], 1);
  });
  await expect(withPeople('other.key', enterNever)).rejects.toThrow(WrongServerKey);

  const [, statements = ''] =
    /sqlite3 data\/latchkey\.db "([^"]+)"/.exec(await readFile(GUIDE, 'utf8')) ?? [];
  const database = new Database(join(folder, 'latchkey.db'));
  database.exec(statements);
  database.close();
  await withPeople('other.key', async (people) => {
    expect(await enter(people, ADA.password)).toMatchObject({
      ok: false,
      refusal: { code: 'sign_in_refused' },
    });
    const person = await people.store.personByEmail(ADA.email);
    const token = await newLink(people, 'reset', person?.id ?? null);
    const password = 'seven quiet otters in a tram';
    expect((await resetPassword(people, { token, password })).ok).toBe(true);
    expect(await enter(people, password)).toMatchObject({
      ok: true,
      value: { session: { state: 'signed_in' } },
    });
  });
  await expect(withPeople('first.key', enterNever)).rejects.toThrow(WrongServerKey);
});

async function enterNever(): Promise<void> {
  throw new Error('people were opened with the wrong key');
}
