import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callerContext } from '../audit/audit-entry.ts';
import { revokeRows } from '../tokens/revoke-rows.ts';
import { HOUR_MS, openWorld, succeeded, type World } from '../tokens/testing/world.ts';
import { updateToken } from '../tokens/update-token.ts';
import { changeRotation } from './change-rotation.ts';
import { retireDueTokens } from './retire-due-tokens.ts';
import { retireToken } from './retire-token.ts';
import { begun, rotate, storyOf } from './testing/rotating.ts';

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
    expect(await retireDueTokens(world.deps)).toEqual({ retired: 0, postponed: 0 });
    world.clock.now += 1;
    expect(await retireDueTokens(world.deps)).toEqual({ retired: 1, postponed: 0 });
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
    expect(await retireDueTokens(world.deps)).toEqual({ retired: 0, postponed: 0 });
  });

  test('by two servers at once happens once', async () => {
    const { old } = await rotated(1);
    world.clock.now += 1;
    const both = await Promise.all([retireDueTokens(world.deps), retireDueTokens(world.deps)]);
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
    expect(await retireDueTokens(world.deps)).toMatchObject({ retired: 0, postponed: 1 });
    expect(await world.deps.store.rotationUnderway(old.token.id)).toMatchObject({
      waitsFor: [{ kind: 'successor_expired' }],
      dueAt: world.clock.now + 60_000,
    });
    world.clock.now += 60_000;
    expect(await retireDueTokens(world.deps)).toMatchObject({ postponed: 1 });
    const story = await storyOf(world, old.token.id);
    expect(story.filter((one) => one === 'rotation.postpone by rotation')).toHaveLength(1);
    const { id } = successor.token;
    succeeded(await updateToken(world.deps, world.acme, { account: 'acme', id, expires: null }));
    world.clock.now += 60_000;
    expect(await retireDueTokens(world.deps)).toMatchObject({ retired: 1 });
    expect(await statusOf(old.text)).toBe('revoked');
  });

  test('ends a rotation of which a token was revoked behind its back, and revokes nothing', async () => {
    const { old, successor } = await rotated(5);
    world.clock.now += 5;
    await world.deps.store.change(async (changes) => {
      revokeRows(changes, callerContext(world.acme, 1), [successor.token]);
    });
    expect(await retireDueTokens(world.deps)).toEqual({ retired: 0, postponed: 0 });
    expect(await statusOf(old.text)).toBe('active');
    expect(await world.deps.store.rotationsOf([old.token.id])).toEqual([]);
    expect((await storyOf(world, old.token.id)).at(-1)).toBe('rotation.undo by rotation');
  });
});
