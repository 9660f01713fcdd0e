import { parseTokenText } from '@latchkey/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenCaller } from './caller.ts';
import { type CreateTemporaryTokenInput, createTemporaryToken } from './create-temporary-token.ts';
import { HOUR_MS, NOON, openWorld, refusal, succeeded, type World } from './testing/world.ts';
import { updateToken } from './update-token.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function create(input: Partial<CreateTemporaryTokenInput>, caller: TokenCaller = world.acme) {
  const whole = { account: 'acme', scopes: ['styles:read'], expires: NOON + HOUR_MS, ...input };
  return createTemporaryToken(world.deps, caller, whole);
}

async function made(input: Partial<CreateTemporaryTokenInput>, caller?: TokenCaller) {
  const { value } = succeeded(await create(input, caller));
  if (value.replayed) throw new TypeError('replayed');
  return value;
}

describe('creating a temporary token', () => {
  test('makes a row with a parent and an expiry; its text says what it may do', async () => {
    const { token, text } = await made({ scopes: ['styles:read', 'uploads:write'], note: 'job' });
    expect(token).toMatchObject({
      usage: 'tk',
      text: null,
      note: 'job',
      parent: world.acme.token.id,
      expires: NOON + HOUR_MS,
    });
    expect(parseTokenText(text)).toEqual({
      usage: 'tk',
      account: 'acme',
      id: token.id,
      issuedAtSeconds: NOON / 1000,
      expiresSeconds: (NOON + HOUR_MS) / 1000,
      scopes: ['styles:read', 'uploads:write'],
    });
  });

  test('never promises more in its text than the row grants', async () => {
    const { token, text } = await made({ expires: NOON + 1999 });
    expect(token.expires).toBe(NOON + 1999);
    expect(parseTokenText(text)).toMatchObject({ expiresSeconds: NOON / 1000 + 1 });
  });

  test('takes one hour, and half a minute of differing clocks, at most', async () => {
    expect((await create({ expires: NOON + HOUR_MS + 30_000 })).ok).toBe(true);
    expect(refusal(await create({ expires: NOON + HOUR_MS + 30_001 }))).toEqual({
      code: 'expires_too_far',
      detail: 'expires is more than one hour in the future.',
      field: 'expires',
    });
    expect(refusal(await create({ expires: NOON })).code).toBe('expires_in_past');
    expect(refusal(await create({ expires: Number.NaN })).code).toBe('expires_invalid');
  });

  test('inherits the restrictions of its creator, which its own URLs may only narrow', async () => {
    const creator = await world.holder({
      scopes: ['tokens:write', 'styles:read'],
      allowedUrls: ['example.com'],
      strictPaths: true,
      allowedAddresses: ['10.0.0.0/8'],
    });
    const inherited = creator.token.restrictions;
    expect((await made({}, creator)).token.restrictions).toEqual(inherited);
    expect((await made({ allowedUrls: null }, creator)).token.restrictions).toEqual(inherited);
    expect((await made({ allowedUrls: ['https://a.example.com'] }, creator)).token.restrictions).toEqual([
      { kind: 'urls', entries: ['https://a.example.com'], strictPaths: true },
      { kind: 'addresses', ranges: ['10.0.0.0/8'] },
    ]);
    expect(refusal(await create({ allowedUrls: ['other.example'] }, creator))).toMatchObject({
      code: 'urls_invalid',
      field: 'allowedUrls',
    });
  });

  test('of a temporary token ends with it at the latest', async () => {
    const temporary = await world.temporary(world.acme, ['tokens:write', 'styles:read']);
    const end = temporary.token.expires ?? 0;
    expect((await made({ expires: end }, temporary)).token.parent).toBe(temporary.token.id);
    expect(refusal(await create({ expires: end + 1 }, temporary)).code).toBe('expires_after_creator');
  });

  test('gives no scope that the creator lacks', async () => {
    const creator = await world.holder({ scopes: ['tokens:write', 'styles:read'] });
    expect(refusal(await create({ scopes: ['fonts:read'] }, creator))).toMatchObject({
      code: 'scopes_invalid',
      field: 'scopes',
    });
    expect(refusal(await create({ scopes: ['no:such'] }, creator)).code).toBe('scopes_invalid');
  });

  test('cannot be changed later', async () => {
    const { token } = await made({});
    const answer = await updateToken(world.deps, world.acme, { account: 'acme', id: token.id, note: 'x' });
    expect(refusal(answer).code).toBe('token_is_temporary');
  });

  test('is not for public tokens', async () => {
    const caller = { ...world.acme, token: { ...world.acme.token, usage: 'pk' as const } };
    expect(refusal(await create({}, caller)).code).toBe('caller_is_public');
  });
});
