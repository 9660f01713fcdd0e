import type { TokenId } from '@latchkey/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callerContext } from '../audit/audit-entry.ts';
import { revokeRows } from '../tokens/revoke-rows.ts';
import { HOUR_MS, openWorld, refusal, succeeded, type World } from '../tokens/testing/world.ts';
import { updateToken } from '../tokens/update-token.ts';
import { changeRotation } from './change-rotation.ts';
import { getRotation } from './get-rotation.ts';
import type { UseReport } from './quiet-verdict.ts';
import { retireDueTokens } from './retire-due-tokens.ts';
import { retireToken } from './retire-token.ts';
import { begun, rotate, storyOf } from './testing/rotating.ts';
import { undoRotation } from './undo-rotation.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const statusOf = async (text: string) => (await world.callerOf(text)).token.status;

async function rotated(graceMs = HOUR_MS) {
  const old = await world.holder({ scopes: ['tokens:write', 'styles:read'] });
  return { old, ...(await begun(world, await rotate(world, old.token.id, { graceMs }))) };
}

describe('retiring tokens whose time has come', () => {
  test('revokes them, with the temporary tokens that they made, and nothing before its time', async () => {
    const { old, successor } = await rotated();
    const later = await rotated(HOUR_MS + 1);
    const child = await world.temporary(old, ['styles:read']);
    world.clock.now += HOUR_MS - 1;
    expect(await retireDueTokens({ ...world.deps, useReports: async () => [] })).toEqual({
      retired: 0,
      postponed: 0,
    });
    world.clock.now += 1;
    expect(await retireDueTokens({ ...world.deps, useReports: async () => [] })).toEqual({
      retired: 1,
      postponed: 0,
    });
    expect(await statusOf(old.text)).toBe('revoked');
    expect(await statusOf(child.text)).toBe('revoked');
    expect([await statusOf(successor.text), await statusOf(later.old.text)]).toEqual(['active', 'active']);
    expect(await world.deps.store.rotationsOf([old.token.id])).toMatchObject([
      { endedAt: world.clock.now, successor: successor.token.id },
    ]);
    expect((await storyOf(world, old.token.id)).slice(-2)).toEqual([
      'token.revoke by rotation',
      'rotation.end by rotation',
    ]);
    expect(await retireDueTokens({ ...world.deps, useReports: async () => [] })).toEqual({
      retired: 0,
      postponed: 0,
    });
  });

  test('by two servers at once happens once', async () => {
    const { old } = await rotated(1);
    world.clock.now += 1;
    const both = await Promise.all([
      retireDueTokens({ ...world.deps, useReports: async () => [] }),
      retireDueTokens({ ...world.deps, useReports: async () => [] }),
    ]);
    expect(both.map(({ retired }) => retired).toSorted()).toEqual([0, 1]);
    const story = await storyOf(world, old.token.id);
    expect(story.filter((one) => one.startsWith('token.revoke'))).toHaveLength(1);
  });

  test('does nothing by a look that is older than the last change of the rotation', async () => {
    const { old, rotation } = await rotated(10);
    world.clock.now += 10;
    const input = { account: 'acme', id: old.token.id, graceMs: HOUR_MS };
    succeeded(await changeRotation(world.deps, world.acme, input));
    expect(await retireToken(world.deps, rotation, { kind: 'retire' })).toBe('stale');
    expect(await statusOf(old.text)).toBe('active');
  });

  test('waits while the successor has expired and the old one has not, and says so once', async () => {
    const old = await world.holder({ scopes: ['styles:write'] });
    const expires = world.clock.now + HOUR_MS;
    const { successor } = await begun(
      world,
      await rotate(world, old.token.id, { graceMs: 2 * HOUR_MS, expires }),
    );
    world.clock.now += 2 * HOUR_MS;
    expect(await retireDueTokens({ ...world.deps, useReports: async () => [] })).toMatchObject({
      retired: 0,
      postponed: 1,
    });
    expect(await world.deps.store.rotationUnderway(old.token.id)).toMatchObject({
      waitsFor: [{ kind: 'successor_expired' }],
      dueAt: world.clock.now + 60_000,
    });
    world.clock.now += 60_000;
    expect(await retireDueTokens({ ...world.deps, useReports: async () => [] })).toMatchObject({
      postponed: 1,
    });
    const story = await storyOf(world, old.token.id);
    expect(story.filter((one) => one === 'rotation.postpone by rotation')).toHaveLength(1);
    const { id } = successor.token;
    succeeded(await updateToken(world.deps, world.acme, { account: 'acme', id, expires: null }));
    world.clock.now += 60_000;
    expect(await retireDueTokens({ ...world.deps, useReports: async () => [] })).toMatchObject({
      retired: 1,
    });
    expect(await statusOf(old.text)).toBe('revoked');
  });

  test('ends a rotation of which a token was revoked behind its back, and revokes nothing', async () => {
    const { old, successor } = await rotated(5);
    world.clock.now += 5;
    await world.deps.store.change(async (changes) => {
      revokeRows(changes, callerContext(world.acme, 1), [successor.token]);
    });
    expect(await retireDueTokens({ ...world.deps, useReports: async () => [] })).toEqual({
      retired: 0,
      postponed: 0,
    });
    expect(await statusOf(old.text)).toBe('active');
    expect(await world.deps.store.rotationsOf([old.token.id])).toEqual([]);
    expect((await storyOf(world, old.token.id)).at(-1)).toBe('rotation.undo by rotation');
  });

  describe('once they are quiet', () => {
    const QUIET_MS = 10 * 60_000;
    /** After which every server has told what it let in itself. */
    const TOLD_MS = 15_000;

    async function quietly() {
      const old = await world.holder({ scopes: ['tokens:write', 'styles:read'] });
      return { old, ...(await begun(world, await rotate(world, old.token.id, { untilQuietMs: QUIET_MS }))) };
    }
    const look = (reports: readonly UseReport[]) =>
      retireDueTokens({ ...world.deps, useReports: async () => reports });
    const live = (reportedUntil: number): UseReport => ({
      reportedUntil,
      decidesUntil: world.clock.now + HOUR_MS,
      isOver: false,
    });
    let sequence = 0;
    async function use(token: TokenId, origin: string, kind: 'allowed' | 'refused' = 'allowed') {
      const at = world.clock.now;
      const used = { token, service: 'maps', origin, client: 'Firefox', kind } as const;
      await world.deps.store.addUsage({
        reporter: 'maps.1',
        token: world.operator.token.id,
        sequence: ++sequence,
        reportedAt: at,
        skewMs: 0,
        until: at,
        isLast: false,
        counters: [],
        sources: [{ ...used, account: world.acme.account.name, address: '', count: 1, lastAt: at }],
        uses: [
          {
            ...used,
            account: world.acme.account.name,
            at,
            outcome: kind === 'allowed' ? 'allowed' : 'url_not_allowed',
          },
        ],
        refusals: [],
      });
    }

    test('waits for the straggler, names it, and retires when it is gone', async () => {
      const { old, successor } = await quietly();
      await use(old.token.id, 'shop.example');
      world.clock.now += QUIET_MS / 2;
      await use(old.token.id, 'forgotten.example');
      world.clock.now += QUIET_MS / 2;
      expect(await look([live(world.clock.now)])).toEqual({ retired: 0, postponed: 1 });
      const lastUsedAt = world.clock.now - QUIET_MS / 2;
      expect(await world.deps.store.rotationUnderway(old.token.id)).toMatchObject({
        waitsFor: [{ kind: 'use', lastUsedAt }],
        dueAt: lastUsedAt + QUIET_MS + TOLD_MS,
      });
      const input = { account: 'acme', id: old.token.id };
      const { use: told } = succeeded(await getRotation(world.deps, world.acme, input)).value;
      expect(told?.lastUsedAt).toBe(lastUsedAt);
      expect(told?.users.map(({ origin }) => origin)).toEqual(['forgotten.example', 'shop.example']);
      const reader = await world.holder({ scopes: ['tokens:read'] });
      expect(succeeded(await getRotation(world.deps, reader, input)).value.use).toBe(undefined);

      await use(old.token.id, 'forgotten.example', 'refused');
      world.clock.now = lastUsedAt + QUIET_MS + TOLD_MS;
      expect(await look([live(world.clock.now)])).toEqual({ retired: 1, postponed: 0 });
      expect([await statusOf(old.text), await statusOf(successor.text)]).toEqual(['revoked', 'active']);
      expect(await storyOf(world, old.token.id)).toEqual([
        'token.create by acme',
        'rotation.begin by acme',
        'rotation.postpone by rotation',
        'token.revoke by rotation',
        'rotation.end by rotation',
      ]);
    });

    test('waits for a verifier that is cut off, says so, and not beyond its bounds', async () => {
      const { old } = await quietly();
      const silent: UseReport = {
        reportedUntil: world.clock.now,
        decidesUntil: world.clock.now + QUIET_MS + 1000,
        isOver: false,
      };
      world.clock.now += QUIET_MS + TOLD_MS;
      expect(await look([silent])).toMatchObject({ retired: 0, postponed: 1 });
      const waitsFor = [{ kind: 'verifiers', count: 1, decideUntil: silent.decidesUntil }];
      expect(await world.deps.store.rotationUnderway(old.token.id)).toMatchObject({ waitsFor });
      world.clock.now += 60_000;
      expect(await look([silent])).toMatchObject({ retired: 1 });
      expect(await statusOf(old.text)).toBe('revoked');
    });

    test('may be changed to a grace time, and back', async () => {
      const { old } = await quietly();
      const input = { account: 'acme', id: old.token.id };
      succeeded(await changeRotation(world.deps, world.acme, { ...input, graceMs: 1000 }));
      await use(old.token.id, 'forgotten.example');
      world.clock.now += 500;
      succeeded(await changeRotation(world.deps, world.acme, { ...input, untilQuietMs: QUIET_MS }));
      world.clock.now += 1000;
      expect(await look([])).toEqual({ retired: 0, postponed: 0 });
      succeeded(await changeRotation(world.deps, world.acme, { ...input, graceMs: 0 }));
      expect(await look([])).toEqual({ retired: 1, postponed: 0 });
    });

    test('undoing asks what becomes of a successor that is used already', async () => {
      const { old, successor } = await quietly();
      await use(successor.token.id, 'shop.example');
      const input = { account: 'acme', id: old.token.id };
      expect(refusal(await undoRotation(world.deps, world.acme, input))).toEqual({
        code: 'successor_in_use',
        detail: `The successor ${successor.token.id} is in use already (shop.example). Say whether it is to be revoked or kept.`,
        field: 'successor',
      });
      const rival = await world.customer('rival');
      const foreign = await undoRotation(world.deps, rival, { account: 'rival', id: old.token.id });
      expect(refusal(foreign).code).toBe('token_not_found');
      succeeded(await undoRotation(world.deps, world.acme, { ...input, successor: 'revoke' }));
      expect([await statusOf(old.text), await statusOf(successor.text)]).toEqual(['active', 'revoked']);
    });
  });
});
