import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resumeAccount } from '../accounts/resume-account.ts';
import { suspendAccount } from '../accounts/suspend-account.ts';
import { revokeToken } from './revoke-token.ts';
import { HOUR_MS, NOON, openWorld, type World } from './testing/world.ts';
import { validateToken } from './validate-token.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('the verdict over a token', () => {
  test.each(['', 'pk', 'a.b', 'pk.a.b.c', 'xk.abc.123', 'pk..x', 'sk.a.'])(
    'that has not the form of one, as "%s", is TokenMalformed',
    async (text) => expect(await validateToken(world.deps, text)).toEqual({ code: 'TokenMalformed' }),
  );

  test('that nobody made, or whose signature was changed, is TokenInvalid', async () => {
    const made = await world.holder({ scopes: ['styles:write'] });
    const forged = `${made.text.slice(0, -2)}${made.text.endsWith('AA') ? 'BA' : 'AA'}`;
    for (const text of ['pk.abc.123', forged]) {
      expect(await validateToken(world.deps, text)).toEqual({ code: 'TokenInvalid' });
    }
  });

  test('tells valid, expired and revoked to whoever holds the right text', async () => {
    const made = await world.holder({ scopes: ['styles:write'], expires: NOON + HOUR_MS });
    const verdict = () => validateToken(world.deps, made.text);
    expect(await verdict()).toMatchObject({
      code: 'TokenValid',
      token: made.token,
      account: { name: 'acme' },
    });
    world.clock.now += HOUR_MS;
    expect((await verdict()).code).toBe('TokenExpired');
    world.clock.now = NOON;
    await revokeToken(world.deps, world.acme, { account: 'acme', id: made.token.id });
    expect((await verdict()).code).toBe('TokenRevoked');
  });

  test('of a suspended account is TokenInvalid until the account is resumed', async () => {
    const made = await world.holder({ scopes: ['styles:write'] });
    await suspendAccount(world.deps, world.operator, { name: 'acme' });
    expect(await validateToken(world.deps, made.text)).toEqual({ code: 'TokenInvalid' });
    await resumeAccount(world.deps, world.operator, { name: 'acme' });
    expect((await validateToken(world.deps, made.text)).code).toBe('TokenValid');
  });
});
