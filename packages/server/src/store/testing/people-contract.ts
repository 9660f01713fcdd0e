import { describe, expect, test } from 'vitest';
import type { PersonId, PersonRow, SessionRow } from '../people-rows.ts';
import type { Store } from '../store.ts';
import type { OpenEmptyStore } from './open-store.ts';
import { accountName, accountRow, storeAccount } from './sample-rows.ts';
import { withStore } from './with-store.ts';

const ACME = accountName('acme');

function personRow(name: string, over: Partial<PersonRow> = {}): PersonRow {
  return {
    // Ids of people are whatever the server makes up.
    id: name as PersonId,
    email: `${name}@example.com`,
    name,
    language: null,
    passwordHash: 'hash',
    emailVerifiedAt: null,
    secondFactor: null,
    createdAt: 1,
    modifiedAt: 1,
    ...over,
  };
}

function sessionRow(id: string, person: PersonRow, over: Partial<SessionRow> = {}): SessionRow {
  return {
    id,
    digest: `digest of ${id}`,
    person: person.id,
    state: 'signed_in',
    createdAt: 1,
    seenAt: 1,
    expiresAt: 100,
    stepUps: {},
    loneRevocations: [],
    passwordProof: 'proof',
    client: null,
    ...over,
  };
}

async function storePeople(store: Store, ...people: readonly PersonRow[]): Promise<void> {
  await store.change(async (changes) => {
    for (const person of people) changes.putPerson(person);
  });
}

export function peopleContract(open: OpenEmptyStore): void {
  describe('people', () => {
    const ada = personRow('ada', { language: 'zh' });
    const eve = personRow('eve');

    test(
      'are found by id and address, and an address has one person',
      withStore(open, async (store) => {
        await storePeople(store, ada);
        expect(await store.person(ada.id)).toEqual(ada);
        expect(await store.personByEmail(ada.email)).toEqual(ada);
        expect(await store.personByEmail('nobody@example.com')).toBeUndefined();
        await expect(storePeople(store, { ...eve, email: ada.email })).rejects.toThrow();
        expect(await store.person(eve.id)).toBeUndefined();
        await store.updatePerson(ada.id, { name: 'Ada L.', emailVerifiedAt: 7 }, 8);
        expect(await store.person(ada.id)).toEqual({
          ...ada,
          name: 'Ada L.',
          emailVerifiedAt: 7,
          modifiedAt: 8,
        });
      }),
    );

    test(
      'use each half minute and each recovery code once',
      withStore(open, async (store) => {
        await storePeople(store, ada);
        expect(await store.takeStep(ada.id, 'sealed', 5, null)).toBe(false);
        const factor = { sealed: 'sealed', confirmedAt: null, lastStep: 0 };
        const begun = { ...ada, secondFactor: factor };
        expect(await store.setSecondFactor({ person: ada, session: null }, factor, ['one', 'two'], 9)).toBe(
          true,
        );
        expect(await store.setSecondFactor({ person: ada, session: null }, factor, ['three'], 9)).toBe(false);
        expect(await store.setSecondFactor({ person: begun, session: 'none' }, null, [], 9)).toBe(false);
        expect(await store.takeStep(ada.id, 'another', 5, null)).toBe(false);
        expect((await store.person(ada.id))?.secondFactor).toEqual(factor);
        expect(
          await Promise.all([5, 5, 5].map((step) => store.takeStep(ada.id, 'sealed', step, 10))),
        ).toEqual([true, false, false]);
        expect(await store.takeStep(ada.id, 'sealed', 4, null)).toBe(false);
        expect((await store.person(ada.id))?.secondFactor).toEqual({
          ...factor,
          confirmedAt: 10,
          lastStep: 5,
        });
        expect(await store.takeRecoveryCode(ada.id, 'one')).toBe(true);
        expect(await store.takeRecoveryCode(ada.id, 'one')).toBe(false);
        const confirmed = { ...ada, secondFactor: { ...factor, confirmedAt: 10 } };
        expect(await store.setSecondFactor({ person: begun, session: null }, null, [], 11)).toBe(false);
        expect(await store.setSecondFactor({ person: confirmed, session: null }, null, [], 11)).toBe(true);
        expect(await store.takeRecoveryCode(ada.id, 'two')).toBe(false);
        expect((await store.person(ada.id))?.secondFactor).toBeNull();
      }),
    );

    test(
      'belong to accounts by roles, which change and end',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        const member = { account: ACME, person: ada.id, role: 'owner', createdAt: 2, modifiedAt: 2 } as const;
        await store.change(async (changes) => {
          changes.putPerson(ada);
          changes.putPerson(eve);
          changes.putMember(member);
          changes.putMember({ ...member, person: eve.id, role: 'viewer' });
        });
        expect(await store.member(ACME, ada.id)).toEqual(member);
        expect((await store.membersOf(ACME)).map(({ person, member }) => [person.id, member.role])).toEqual([
          ['ada', 'owner'],
          ['eve', 'viewer'],
        ]);
        expect(await store.membershipsOf(eve.id)).toMatchObject([
          { account: { name: 'acme' }, role: 'viewer' },
        ]);
        const seen = await store.change(async (changes) => {
          changes.putMember({ ...member, role: 'admin', modifiedAt: 3 });
          changes.dropMember(ACME, eve.id);
          return [await changes.member(ACME, ada.id), (await changes.members(ACME)).length];
        });
        expect(seen.value).toEqual([member, 2]);
        expect(seen.revision).toBeNull();
        expect(await store.member(ACME, ada.id)).toEqual({ ...member, role: 'admin', modifiedAt: 3 });
        expect(await store.member(ACME, eve.id)).toBeUndefined();
      }),
    );

    test(
      'are invited, until that is over or taken back',
      withStore(open, async (store) => {
        await storeAccount(store, accountRow(ACME));
        await storePeople(store, ada);
        const row = {
          id: 'i1',
          digest: 'd1',
          account: ACME,
          email: eve.email,
          role: 'developer',
          invitedBy: ada.id,
          createdAt: 1,
          expiresAt: 10,
        } as const;
        await store.change(async (changes) => {
          changes.putInvitation(row);
          changes.putInvitation({
            ...row,
            id: 'i2',
            digest: 'd2',
            invitedBy: null,
            createdAt: 2,
            expiresAt: 20,
          });
        });
        expect((await store.invitationsOf(ACME, 9)).map(({ id }) => id)).toEqual(['i2', 'i1']);
        expect((await store.invitationsOf(ACME, 10)).map(({ id }) => id)).toEqual(['i2']);
        expect(await store.invitationByDigest('d1', 9)).toEqual(row);
        expect(await store.invitationByDigest('d1', 10)).toBeUndefined();
        await store.change(async (changes) => {
          expect(await changes.invitation('i1')).toEqual(row);
          expect((await changes.invitations(ACME)).map(({ id }) => id)).toEqual(['i1', 'i2']);
          expect(await changes.invitationsBy(ada.id)).toEqual([row]);
          expect(await changes.invitationsBy(eve.id)).toEqual([]);
          changes.dropInvitation('i1');
        });
        expect(await store.invitationByDigest('d1', 9)).toBeUndefined();
      }),
    );
  });

  describe('sessions', () => {
    const ada = personRow('ada');

    test(
      'are found by their digest alone, and a rotated one by its new digest alone',
      withStore(open, async (store) => {
        await storePeople(store, ada);
        const row = sessionRow('s1', ada, { stepUps: { secrets: 50 }, client: 'Firefox' });
        await store.addSession(row);
        expect(await store.session(row.digest)).toEqual({ session: row, person: ada });
        const to = { ...row, digest: 'new', seenAt: 5, stepUps: { bulk: 60 } };
        const twice = await Promise.all([
          store.rotateSession(row.digest, to),
          store.rotateSession(row.digest, to),
        ]);
        expect(twice).toEqual([true, false]);
        expect(await store.session(row.digest)).toBeUndefined();
        expect((await store.session('new'))?.session).toEqual(to);
      }),
    );

    test(
      'end one by one, all but one, and when they are over',
      withStore(open, async (store) => {
        const eve = personRow('eve');
        await storePeople(store, ada, eve);
        for (const id of ['s1', 's2', 's3']) await store.addSession(sessionRow(id, ada));
        await store.addSession(sessionRow('half', ada, { state: 'pending' }));
        await store.addSession(sessionRow('other', eve, { expiresAt: 10 }));
        await store.touchSession('s2', 7);
        const until = Date.now() + 3_600_000;
        const running = sessionRow('s4', ada, { expiresAt: until, stepUps: { bulk: 60 } });
        await store.addSession(running);
        await store.addSession(sessionRow('s5', ada, { expiresAt: until, state: 'pending' }));
        await store.addSession(sessionRow('s6', ada, { expiresAt: 0 }));
        const signedIn = async (id: string) => [
          await store.signedInSession(id),
          (await store.change((changes) => changes.signedInSession(id))).value,
        ];
        expect(await signedIn('s4')).toEqual([running, running]);
        for (const id of ['s6', 's5', 'nothing']) expect(await signedIn(id)).toEqual([undefined, undefined]);
        expect(await Promise.all(['s4', 's5', 's6'].map((id) => store.endSession(ada.id, id)))).toEqual([
          true,
          true,
          true,
        ]);
        const listed = async (at: number) => (await store.sessionsOf(ada.id, at)).map(({ id }) => id);
        expect(await listed(50)).toEqual(['s2', 's1', 's3']);
        expect(await listed(100)).toEqual([]);
        expect(await store.endSession(eve.id, 's1')).toBe(false);
        expect(await store.endSession(ada.id, 's1')).toBe(true);
        expect(await store.endSessions(ada.id, 's2')).toBe(2);
        expect(await listed(50)).toEqual(['s2']);
        expect(await store.sweepOver(10)).toBe(1);
        expect(await store.session('digest of other')).toBeUndefined();
      }),
    );
  });

  describe('a new password', () => {
    const ada = personRow('ada');
    const to = { passwordHash: 'new', emailVerifiedAt: 5, passwordProof: 'renewed' };

    test(
      'ends all sessions but the one that set it, and the links of mails',
      withStore(open, async (store) => {
        await storePeople(store, ada);
        for (const id of ['s1', 's2']) await store.addSession(sessionRow(id, ada));
        await store.addLink({ digest: 'd', purpose: 'reset', person: ada.id, expiresAt: 10 }, true);
        await store.addLink({ digest: 'v', purpose: 'verify', person: ada.id, expiresAt: 10 }, true);
        expect(await store.setPassword({ person: ada, session: 's1' }, to, 9)).toBe(true);
        const kept = await store.session('digest of s1');
        expect(kept?.session).toEqual(sessionRow('s1', ada, { passwordProof: 'renewed' }));
        expect(kept?.person).toEqual({ ...ada, passwordHash: 'new', emailVerifiedAt: 5, modifiedAt: 9 });
        expect(await store.session('digest of s2')).toBeUndefined();
        expect(await store.link('d', 'reset', 9)).toBeUndefined();
        expect(await store.link('v', 'verify', 9)).toBeDefined();
      }),
    );

    test(
      'is set only while password, second factor and session are as they were proved, of several at once by one',
      withStore(open, async (store) => {
        await storePeople(store, ada);
        await store.addSession(sessionRow('half', ada, { state: 'pending' }));
        const secondFactor = { sealed: 's', confirmedAt: 1, lastStep: 0 };
        for (const proved of [
          { person: { ...ada, passwordHash: 'older' }, session: null },
          { person: { ...ada, secondFactor }, session: null },
          { person: ada, session: 'ended' },
          { person: ada, session: 'half' },
        ]) {
          expect(await store.setPassword(proved, to, 9)).toBe(false);
        }
        const proved = { person: ada, session: null };
        const twice = await Promise.all([store.setPassword(proved, to, 9), store.setPassword(proved, to, 9)]);
        expect(twice).toEqual([true, false]);
      }),
    );
  });

  describe('guesses', () => {
    test(
      'are replaced only as they were seen, of several at once by one',
      withStore(open, async (store) => {
        const row = { key: 'k', failures: 1, nextAt: 5 };
        const first = await Promise.all([1, 2, 3].map(() => store.replaceGuess(undefined, row, 1)));
        expect(first.filter(Boolean)).toHaveLength(1);
        const second = { key: 'k', failures: 2, nextAt: 9 };
        const next = await Promise.all([1, 2, 3].map(() => store.replaceGuess(row, second, 2)));
        expect(next.filter(Boolean)).toHaveLength(1);
        expect(await store.guess('k')).toEqual(second);
        await store.forgetGuess('k');
        expect(await store.guess('k')).toBeUndefined();
      }),
    );

    test(
      'are swept when they are old, and beyond a number those with the fewest failures, so that many new ones push out none that is locked',
      withStore(open, async (store) => {
        for (let at = 1; at <= 7; at++) {
          await store.replaceGuess(undefined, { key: `k${at}`, failures: at === 3 ? 100 : 1, nextAt: 0 }, at);
        }
        expect(await store.sweepGuesses({ before: 3, keep: 3 })).toBe(4);
        const left = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((at) => store.guess(`k${at}`)));
        expect(left.map((row) => row?.key)).toEqual([
          undefined,
          undefined,
          'k3',
          undefined,
          undefined,
          'k6',
          'k7',
        ]);
      }),
    );
  });

  describe('mails', () => {
    test(
      'are tried by one of several, the longest due first, until they are dropped',
      withStore(open, async (store) => {
        const mail = { id: 'm1', sealed: 's', tries: 0, nextAt: 5, expiresAt: 9 };
        await store.addMail(mail);
        await store.addMail({ ...mail, id: 'm2', nextAt: 4 });
        expect(await store.nextMail()).toEqual({ ...mail, id: 'm2', nextAt: 4 });
        const claims = await Promise.all([1, 2, 3].map(() => store.claimMail({ id: 'm2', tries: 0 }, 8)));
        expect(claims.filter(Boolean)).toHaveLength(1);
        expect(await store.nextMail()).toEqual(mail);
        await store.dropMail('m1');
        expect(await store.nextMail()).toEqual({ ...mail, id: 'm2', nextAt: 8, tries: 1 });
        expect(await store.countMails()).toBe(1);
        await store.dropMail('m2');
        expect(await store.claimMail({ id: 'm2', tries: 1 }, 9)).toBe(false);
        expect([await store.nextMail(), await store.countMails()]).toEqual([undefined, 0]);
      }),
    );
  });

  describe('links', () => {
    test(
      'are taken once, in time, and for what they are for',
      withStore(open, async (store) => {
        const ada = personRow('ada');
        await storePeople(store, ada);
        const link = { digest: 'd', purpose: 'reset', person: ada.id, expiresAt: 10 } as const;
        await store.addLink(link, true);
        await store.addLink({ ...link, digest: 'nobody', person: null }, true);
        expect(await store.link('d', 'reset', 9)).toEqual(link);
        expect(await store.link('d', 'verify', 9)).toBeUndefined();
        expect(await store.takeLink('d', 'reset', 10)).toBeUndefined();
        const taken = await Promise.all([store.takeLink('d', 'reset', 9), store.takeLink('d', 'reset', 9)]);
        expect(taken.filter((row) => row !== undefined)).toEqual([link]);
        await store.addLink({ ...link, digest: 'older' }, true);
        await store.addLink({ ...link, digest: 'newer' }, true);
        expect(await store.link('older', 'reset', 9)).toBeUndefined();
        expect(await store.sweepOver(10)).toBe(2);
      }),
    );

    test(
      'the check of the key stays the first',
      withStore(open, async (store) => {
        expect(await store.keyCheck('one')).toBe('one');
        expect(await store.keyCheck('two')).toBe('one');
      }),
    );
  });
}
