import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revokeAgain } from '../tokens/revoke-again.ts';
import { revokeToken } from '../tokens/revoke-token.ts';
import { HOUR_MS, openWorld, refusal, succeeded, type World } from '../tokens/testing/world.ts';
import { changeRotation } from './change-rotation.ts';
import { getRotation } from './get-rotation.ts';
import { begun, rotate, storyOf } from './testing/rotating.ts';
import { undoRotation } from './undo-rotation.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const account = 'acme';
const statusOf = async (text: string) => (await world.callerOf(text)).token.status;
const undo = (id: string, successor?: 'keep' | 'revoke', by = world.acme) =>
  undoRotation(world.deps, by, { account: by.account.name, id, successor });

async function rotated(scopes: readonly string[] = ['styles:write']) {
  const old = await world.holder({ scopes });
  return { old, ...(await begun(world, await rotate(world, old.token.id, { graceMs: HOUR_MS }))) };
}

describe('undoing a rotation', () => {
  test('leaves the old token as it was and revokes the successor with what it made', async () => {
    const { old, successor } = await rotated(['tokens:write', 'styles:read']);
    const child = await world.temporary(successor, ['styles:read']);
    const { value, revision } = succeeded(await undo(old.token.id));
    expect(value).toMatchObject({ token: old.token, revokedTemporary: [child.token.id] });
    expect(revision).toBeGreaterThan(successor.token.revision);
    expect((await world.callerOf(old.text)).token).toEqual(old.token);
    expect(await statusOf(successor.text)).toBe('revoked');
    expect(await statusOf(child.text)).toBe('revoked');
    expect(await world.deps.store.rotationsOf([old.token.id])).toEqual([]);
    expect(await storyOf(world, old.token.id)).toEqual([
      'token.create by acme',
      'rotation.begin by acme',
      'rotation.undo by acme',
    ]);
    expect(refusal(await undo(old.token.id)).code).toBe('rotation_not_found');
    const second = await begun(world, await rotate(world, old.token.id));
    expect(second.successor.token.replaces).toBe(old.token.id);
  });

  test('may keep the successor as a token of its own, and takes the id of either', async () => {
    const { old, successor } = await rotated();
    succeeded(await undo(successor.token.id, 'keep'));
    expect([await statusOf(old.text), await statusOf(successor.text)]).toEqual(['active', 'active']);
    expect(await world.deps.store.rotationUnderway(successor.token.id)).toBe(undefined);
    succeeded(await rotate(world, successor.token.id));
  });

  test.each(['revoke', 'keep'] as const)(
    'of the default token makes the old one the default again, where the successor is to %s',
    async (successor) => {
      const customer = await world.customer(`undo-${successor}`);
      const { value: old } = await world.deps.store.change(async (changes) =>
        changes.defaultToken(customer.token.account),
      );
      const made = await begun(world, await rotate(world, old?.id ?? '', {}, customer));
      const { value } = succeeded(await undo(made.successor.token.id, successor, customer));
      expect(value.token).toMatchObject({ id: old?.id, isDefault: true });
      expect(await world.deps.store.token(value.token.id)).toMatchObject({
        isDefault: true,
        status: 'active',
      });
      expect(await world.deps.store.token(made.successor.token.id)).toMatchObject({
        isDefault: false,
        status: successor === 'keep' ? 'active' : 'revoked',
      });
    },
  );

  test('lifts an end, which needs a caller that contains the whole old token', async () => {
    const { old } = await rotated(['styles:write', 'styles:read']);
    const lacking = await world.holder({ scopes: ['tokens:write', 'styles:read'] });
    expect(refusal(await undo(old.token.id, 'revoke', lacking)).code).toBe('scopes_invalid');
    const temporary = await world.temporary(world.acme, ['tokens:write', 'styles:write', 'styles:read']);
    expect(refusal(await undo(old.token.id, 'revoke', temporary)).code).toBe('caller_is_temporary');
  });

  test('that has ended, was never begun, or is not the own, is refused', async () => {
    const lone = await world.holder({ scopes: ['styles:write'] });
    expect(refusal(await undo(lone.token.id))).toEqual({
      code: 'rotation_not_found',
      detail: 'Nothing is to replace this token, and it is to replace no other.',
      field: 'id',
    });
    const { old, successor } = await rotated();
    succeeded(await revokeToken(world.deps, world.acme, { account, id: old.token.id }));
    expect(refusal(await undo(old.token.id)).code).toBe('token_revoked');
    expect(refusal(await undo(successor.token.id)).code).toBe('rotation_not_found');
    expect(refusal(await undo(world.operator.token.id)).code).toBe('token_not_found');
  });
});

describe('changing when a token is retired', () => {
  const change = (id: string, graceMs: number, by = world.acme) =>
    changeRotation(world.deps, by, { account: by.account.name, id, graceMs });

  test('counts from now and takes the id of either token', async () => {
    const { old, successor } = await rotated();
    world.clock.now += 1000;
    for (const id of [old.token.id, successor.token.id]) {
      const { value } = succeeded(await change(id, 2 * HOUR_MS));
      expect(value.dueAt).toBe(world.clock.now + 2 * HOUR_MS);
      expect(await world.deps.store.rotationUnderway(id)).toEqual(value);
    }
    expect((await storyOf(world, old.token.id)).at(-1)).toBe('rotation.change by acme');
  });

  test('to later needs a caller that contains the whole old token, to sooner only the scope', async () => {
    const { old } = await rotated(['styles:write', 'styles:read']);
    const lacking = await world.holder({ scopes: ['tokens:write', 'styles:read'] });
    expect(refusal(await change(old.token.id, 2 * HOUR_MS, lacking)).code).toBe('scopes_invalid');
    expect(succeeded(await change(old.token.id, 1000, lacking)).value.dueAt).toBe(world.clock.now + 1000);
  });

  test('is refused where there is no rotation, or no such time', async () => {
    const lone = await world.holder({ scopes: ['styles:write'] });
    expect(refusal(await change(lone.token.id, 1000)).code).toBe('rotation_not_found');
    expect(refusal(await change(lone.token.id, -1)).code).toBe('grace_invalid');
  });
});

describe('revoking one of the two tokens of a rotation', () => {
  const revoke = (id: string, by = world.acme) =>
    revokeToken(world.deps, by, { account: by.account.name, id });

  test('retires the old one at once, and the successor stays', async () => {
    const { old, successor } = await rotated();
    succeeded(await revoke(old.token.id));
    expect(await statusOf(successor.text)).toBe('active');
    const [rotation] = await world.deps.store.rotationsOf([old.token.id]);
    expect(rotation).toMatchObject({ successor: successor.token.id, endedAt: world.clock.now });
    expect((await storyOf(world, old.token.id)).slice(-2)).toEqual([
      'token.revoke by acme',
      'rotation.end by acme',
    ]);
  });

  test('ends the successor, and the old one stays: nothing else would work', async () => {
    const { old, successor } = await rotated();
    succeeded(await revoke(successor.token.id));
    expect(await statusOf(old.text)).toBe('active');
    expect(await world.deps.store.rotationsOf([old.token.id])).toEqual([]);
    expect((await storyOf(world, old.token.id)).at(-1)).toBe('rotation.undo by acme');
  });

  test('hands the rotation on where the successor was the default token, which gets a successor itself', async () => {
    const customer = await world.customer('handed-on');
    const { value: old } = await world.deps.store.change(async (changes) =>
      changes.defaultToken(customer.token.account),
    );
    const { successor } = await begun(world, await rotate(world, old?.id ?? '', {}, customer));
    const { value } = succeeded(await revoke(successor.token.id, customer));
    expect(value.successor).toMatchObject({ isDefault: true, replaces: successor.token.id });
    const rotation = await world.deps.store.rotationUnderway(value.successor?.id ?? successor.token.id);
    expect(rotation).toMatchObject({ token: old?.id, successor: value.successor?.id, endedAt: null });
  });

  test('again, after a backup came back, ends the rotation that came back with it', async () => {
    const witness = { witness: 'revocation journal', requestId: 'start' };
    const first = await rotated();
    await revokeAgain(world.deps, [first.old.token], witness);
    expect(await statusOf(first.successor.text)).toBe('active');
    expect(await world.deps.store.rotationUnderway(first.successor.token.id)).toBe(undefined);
    const second = await rotated();
    await revokeAgain(world.deps, [second.successor.token], witness);
    expect(await statusOf(second.old.text)).toBe('active');
    expect(await world.deps.store.rotationUnderway(second.old.token.id)).toBe(undefined);
    const third = await rotated();
    await revokeAgain(world.deps, [third.successor.token, third.old.token], witness);
    expect([await statusOf(third.old.text), await statusOf(third.successor.text)]).toEqual([
      'revoked',
      'revoked',
    ]);
    expect(await world.deps.store.rotationsOf([third.old.token.id])).toMatchObject([
      { endedAt: world.clock.now },
    ]);
  });
});

describe('asking for a rotation', () => {
  test('finds it by either token while it goes on, and by the old one afterwards', async () => {
    const { old, successor, rotation } = await rotated();
    const get = (id: string) => getRotation(world.deps, world.acme, { account, id });
    for (const id of [old.token.id, successor.token.id]) {
      expect(succeeded(await get(id)).value.rotation).toEqual(rotation);
    }
    await revokeToken(world.deps, world.acme, { account, id: old.token.id });
    expect(succeeded(await get(old.token.id)).value.rotation.endedAt).toBe(world.clock.now);
    expect(refusal(await get(successor.token.id)).code).toBe('rotation_not_found');
    expect(refusal(await get(world.operator.token.id)).code).toBe('token_not_found');
  });
});
