import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '../accounts/create-account.ts';
import { createTemporaryToken } from './create-temporary-token.ts';
import { type CreateTokenInput, createToken } from './create-token.ts';
import { revokeToken } from './revoke-token.ts';
import { HOUR_MS, NOON, openWorld, refusal, succeeded, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const INPUT = { account: 'acme', scopes: ['styles:write'], note: 'once' };

async function create(input: CreateTokenInput, caller = world.acme) {
  return createToken(world.deps, caller, input);
}

describe('an idempotency key', () => {
  test('gives the same request the same token, and its text never again', async () => {
    const request = { ...INPUT, idempotencyKey: 'k-1' };
    const first = succeeded(await create(request)).value;
    const head = await world.deps.store.head();
    world.clock.now += HOUR_MS;
    const again = succeeded(await create(request));
    expect(again).toEqual({ ok: true, value: { replayed: true, token: first.token }, revision: null });
    expect(JSON.stringify(again)).not.toContain(first.replayed ? '-' : first.text);
    expect(await world.deps.store.head()).toEqual(head);
    world.clock.now = NOON;
  });

  test('makes one token of many requests at once', async () => {
    const request = { ...INPUT, idempotencyKey: 'k-2' };
    const values = (await Promise.all(Array.from({ length: 20 }, () => create(request)))).map(
      (outcome) => succeeded(outcome).value,
    );
    expect(new Set(values.map(({ token }) => token.id)).size).toBe(1);
    expect(values.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  test('is refused for a different request, a different operation or a different caller', async () => {
    const request = { ...INPUT, idempotencyKey: 'k-3' };
    succeeded(await create(request));
    const other = await world.holder({ scopes: ['tokens:write', 'styles:write'] });
    const temporary = {
      account: 'acme',
      scopes: ['styles:write'],
      expires: NOON + HOUR_MS,
      idempotencyKey: 'k-3',
    };
    const answers = [
      await create({ ...request, note: 'twice' }),
      await create({ ...request, scopes: [] }),
      await create({ ...request, allowedUrls: null }),
      await create(request, other),
      await createTemporaryToken(world.deps, world.acme, temporary),
    ];
    for (const answer of answers) {
      expect(refusal(answer)).toEqual({
        code: 'idempotency_key_reused',
        detail: 'This idempotency key was used before, for a different request.',
        field: 'Idempotency-Key',
      });
    }
  });

  test('is the same request whatever the order of its fields', async () => {
    const first = succeeded(await create({ ...INPUT, idempotencyKey: 'k-4' })).value;
    const { account, note, scopes } = INPUT;
    const again = succeeded(
      await create({ idempotencyKey: 'k-4', scopes, note, account, expires: undefined }),
    ).value;
    expect(again).toMatchObject({ replayed: true, token: { id: first.token.id } });
  });

  test('belongs to its account', async () => {
    succeeded(await create({ ...INPUT, idempotencyKey: 'k-5' }));
    const theirs = await create({ ...INPUT, account: 'root', idempotencyKey: 'k-5' }, world.operator);
    expect(succeeded(theirs).value.replayed).toBe(false);
  });

  test('of a refused request is free for the next one', async () => {
    expect((await create({ ...INPUT, scopes: ['no:such'], idempotencyKey: 'k-6' })).ok).toBe(false);
    expect(succeeded(await create({ ...INPUT, idempotencyKey: 'k-6' })).value.replayed).toBe(false);
  });

  test('tells of a token that was revoked since, and makes no new one', async () => {
    const request = { ...INPUT, idempotencyKey: 'k-7' };
    const { id } = succeeded(await create(request)).value.token;
    await revokeToken(world.deps, world.acme, { account: 'acme', id });
    expect(succeeded(await create(request)).value).toMatchObject({
      replayed: true,
      token: { id, status: 'revoked' },
    });
  });

  test('holds for temporary tokens and accounts too', async () => {
    const temporary = {
      account: 'acme',
      scopes: ['styles:read'],
      expires: NOON + HOUR_MS,
      idempotencyKey: 'k-8',
    };
    const make = () => createTemporaryToken(world.deps, world.acme, temporary);
    const { id } = succeeded(await make()).value.token;
    expect(succeeded(await make()).value).toMatchObject({ replayed: true, token: { id } });

    const account = () => createAccount(world.deps, world.operator, { name: 'twice', idempotencyKey: 'k-8' });
    const first = succeeded(await account()).value;
    expect(first).toMatchObject({ replayed: false, text: expect.stringMatching(/^sk\./) });
    expect(succeeded(await account()).value).toEqual({ ...first, replayed: true, text: null });
  });

  test.each(['', ' ', 'a b', 'é', 'x'.repeat(256)])('"%s" is no key', async (idempotencyKey) => {
    expect(refusal(await create({ ...INPUT, idempotencyKey })).code).toBe('idempotency_key_invalid');
  });
});
