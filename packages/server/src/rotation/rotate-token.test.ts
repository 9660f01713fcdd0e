import type { Scope } from '@latchkey/core';
import { defaultCatalogue, makeCatalogue } from '@latchkey/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTemporaryToken } from '../tokens/create-temporary-token.ts';
import { HOUR_MS, NOON, openWorld, refusal, succeeded, type World } from '../tokens/testing/world.ts';
import { updateToken } from '../tokens/update-token.ts';
import { rotateToken } from './rotate-token.ts';
import { begun, rotate, storyOf } from './testing/rotating.ts';

const DAY_MS = 24 * HOUR_MS;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const statusOf = async (text: string) => (await world.callerOf(text)).token.status;

describe('rotating a token', () => {
  test('makes a successor of the same rights, and the old one goes on until its time', async () => {
    const expires = NOON + 90 * DAY_MS;
    const old = await world.holder({
      scopes: ['styles:write', 'styles:read'],
      allowedUrls: ['https://a.example'],
      note: 'deploy',
      expires,
    });
    const outcome = await rotate(world, old.token.id, { graceMs: HOUR_MS });
    const { successor, rotation } = await begun(world, outcome);
    const { scopes, restrictions, note, usage } = old.token;
    expect(successor.token).toMatchObject({ scopes, restrictions, note, usage, expires, status: 'active' });
    expect(successor.token).toMatchObject({ replaces: old.token.id, isDefault: false, createdAt: NOON });
    expect(succeeded(outcome).revision).toBe(successor.token.revision);
    expect(successor.text).not.toBe(old.text);
    expect((await world.callerOf(old.text)).token).toEqual(old.token);
    expect(rotation).toEqual({
      token: old.token.id,
      successor: successor.token.id,
      account: 'acme',
      startedAt: NOON,
      quietMs: null,
      dueAt: NOON + HOUR_MS,
      waitsFor: [],
      endedAt: null,
    });
    expect(await world.deps.store.rotationUnderway(successor.token.id)).toEqual(rotation);
    expect(await storyOf(world, old.token.id)).toEqual(['token.create by acme', 'rotation.begin by acme']);
    expect(await storyOf(world, successor.token.id)).toEqual(['token.create by acme']);
  });

  test('without a term gives seven days', async () => {
    const old = await world.holder({ scopes: ['styles:write'] });
    const { rotation } = await begun(world, await rotate(world, old.token.id));
    expect(rotation.dueAt).toBe(NOON + 7 * DAY_MS);
  });

  test('with no grace retires the old one and its temporary tokens at once, and verifiers hear of the successor first', async () => {
    const old = await world.holder({ scopes: ['tokens:write', 'styles:read'] });
    const child = await world.temporary(old, ['styles:read']);
    const before = (await world.deps.store.head()).revision;
    const { successor, rotation } = await begun(world, await rotate(world, old.token.id, { graceMs: 0 }));
    expect(rotation.endedAt).toBe(NOON);
    expect(await statusOf(old.text)).toBe('revoked');
    expect(await statusOf(child.text)).toBe('revoked');
    const told = (await world.deps.store.changesAfter(before, 10)).map(({ record }) => JSON.parse(record));
    expect(told).toMatchObject([
      { id: successor.token.id, status: 'active' },
      { id: old.token.id, status: 'revoked' },
      { id: child.token.id, status: 'revoked' },
    ]);
    expect(successor.token.revision).toBe(before + 1);
    expect(await storyOf(world, old.token.id)).toEqual([
      'token.create by acme',
      'rotation.begin by acme',
      'token.revoke by acme',
      'rotation.end by acme',
    ]);
  });

  test('leaves the temporary tokens of the old one alive while it lives', async () => {
    const old = await world.holder({ scopes: ['tokens:write', 'styles:read'] });
    const child = await world.temporary(old, ['styles:read']);
    await begun(world, await rotate(world, old.token.id));
    expect(await statusOf(child.text)).toBe('active');
    expect(await statusOf((await world.temporary(old, ['styles:read'])).text)).toBe('active');
  });

  test('of the default token makes its successor the default at once', async () => {
    const customer = await world.customer('refresher');
    const { account } = customer.token;
    const { value: old } = await world.deps.store.change(async (changes) => changes.defaultToken(account));
    if (old === undefined) throw new TypeError('no default token');
    const { successor } = await begun(world, await rotate(world, old.id, {}, customer));
    expect(successor.token).toMatchObject({
      usage: 'pk',
      isDefault: true,
      scopes: old.scopes,
      note: old.note,
    });
    expect(await world.deps.store.token(old.id)).toMatchObject({ isDefault: false, status: 'active' });
    const expires = NOON + HOUR_MS;
    expect(refusal(await rotate(world, successor.token.id, { expires }, customer)).code).toBe(
      'rotation_underway',
    );
    const other = await world.customer('refresher-at-once');
    const { value: mine } = await world.deps.store.change(async (changes) =>
      changes.defaultToken(other.token.account),
    );
    expect(refusal(await rotate(world, mine?.id ?? '', { expires }, other))).toMatchObject({
      code: 'expires_invalid',
      detail: 'The default token does not expire.',
    });
    const refreshed = await begun(world, await rotate(world, mine?.id ?? '', { graceMs: 0 }, other));
    expect(refreshed.successor.token.isDefault).toBe(true);
    expect(await world.deps.store.token(refreshed.rotation.token)).toMatchObject({
      isDefault: false,
      status: 'revoked',
    });
  });

  test('may give the successor another expiry', async () => {
    const old = await world.holder({ scopes: ['styles:write'], expires: NOON + HOUR_MS });
    const expires = NOON + 90 * DAY_MS;
    const { successor } = await begun(world, await rotate(world, old.token.id, { expires }));
    expect(successor.token.expires).toBe(expires);
    const lasting = await world.holder({ scopes: ['styles:write'], expires: NOON + HOUR_MS });
    const never = await begun(world, await rotate(world, lasting.token.id, { expires: null }));
    expect(never.successor.token.expires).toBe(null);
    const past = refusal(await rotate(world, successor.token.id, { expires: NOON }));
    expect(past.code).toBe('rotation_underway');
    const third = await world.holder({ scopes: ['styles:write'] });
    expect(refusal(await rotate(world, third.token.id, { expires: NOON })).code).toBe('expires_in_past');
  });

  test('counts as creating: a caller that does not contain the whole of it is refused', async () => {
    const old = await world.holder({ scopes: ['styles:write', 'styles:read'] });
    const lacking = await world.holder({ scopes: ['tokens:write', 'styles:read'] });
    expect(refusal(await rotate(world, old.token.id, {}, lacking))).toMatchObject({
      code: 'scopes_invalid',
      detail: expect.stringContaining('cannot give what it lacks'),
    });
    const elsewhere = await world.holder({
      scopes: ['tokens:write', 'styles:write', 'styles:read'],
      allowedUrls: ['https://a.example'],
    });
    expect(refusal(await rotate(world, old.token.id, {}, elsewhere)).code).toBe('urls_invalid');
    const short = await world.holder({
      scopes: ['tokens:write', 'styles:write', 'styles:read'],
      expires: NOON + HOUR_MS,
    });
    expect(refusal(await rotate(world, old.token.id, {}, short)).code).toBe('expires_after_creator');
    const { successor } = await begun(
      world,
      await rotate(world, old.token.id, { expires: NOON + HOUR_MS }, short),
    );
    expect(successor.token.expires).toBe(NOON + HOUR_MS);
    const writer = await world.holder({ scopes: ['styles:write'] });
    expect(refusal(await rotate(world, old.token.id, {}, writer)).code).toBe('insufficient_scope');
  });

  test('of a token that is part of a rotation is refused, whichever of the two it is', async () => {
    const old = await world.holder({ scopes: ['styles:write'] });
    const { successor } = await begun(world, await rotate(world, old.token.id));
    expect(refusal(await rotate(world, old.token.id))).toEqual({
      code: 'rotation_underway',
      detail: `The token is being replaced by ${successor.token.id} already. Undo that first, or revoke this one to retire it now.`,
      field: 'id',
    });
    expect(refusal(await rotate(world, successor.token.id))).toEqual({
      code: 'rotation_underway',
      detail: `The token is to replace ${old.token.id}, which still works. Undo that first, or revoke ${old.token.id} to retire it now.`,
      field: 'id',
    });
  });

  test('of a successor whose predecessor is retired begins another', async () => {
    const old = await world.holder({ scopes: ['styles:write'] });
    const first = await begun(world, await rotate(world, old.token.id, { graceMs: 0 }));
    const second = await begun(world, await rotate(world, first.successor.token.id, { graceMs: 0 }));
    expect(second.successor.token.replaces).toBe(first.successor.token.id);
    expect(await statusOf(second.successor.text)).toBe('active');
  });

  test('is refused for temporary tokens, and to them', async () => {
    const temporary = await world.temporary(world.acme, ['tokens:write', 'styles:read']);
    expect(refusal(await rotate(world, temporary.token.id))).toEqual({
      code: 'token_is_temporary',
      detail: 'A temporary token ends within the hour, and its text states when: make another one.',
      field: 'id',
    });
    const old = await world.holder({ scopes: ['styles:read'] });
    expect(refusal(await rotate(world, old.token.id, {}, temporary)).code).toBe('caller_is_temporary');
  });

  test('of what is not there, not the own, or revoked is refused like any other change', async () => {
    const rival = await world.customer('rotation-rival');
    expect(refusal(await rotate(world, rival.token.id)).code).toBe('token_not_found');
    expect(refusal(await rotate(world, 'nonsense')).code).toBe('token_not_found');
    const old = await world.holder({ scopes: ['styles:write'] });
    await begun(world, await rotate(world, old.token.id, { graceMs: 0 }));
    expect(refusal(await rotate(world, old.token.id)).code).toBe('token_revoked');
    const input = { account: 'rotation-rival', id: rival.token.id };
    expect(refusal(await rotateToken(world.deps, world.acme, input)).code).toBe('account_not_found');
  });

  test.each([
    [{ graceMs: -1 }, 'grace'],
    [{ graceMs: 0.5 }, 'grace'],
    [{ graceMs: 30 * DAY_MS + 1 }, 'grace'],
    [{ graceMs: Number.NaN }, 'grace'],
    [{ untilQuietMs: 0 }, 'untilQuiet'],
    [{ untilQuietMs: 31 * DAY_MS }, 'untilQuiet'],
    [{ graceMs: 1, untilQuietMs: HOUR_MS }, 'untilQuiet'],
  ])('with the term %j is refused and names %s', async (term, field) => {
    const old = await world.holder({ scopes: ['styles:write'] });
    expect(refusal(await rotate(world, old.token.id, term))).toMatchObject({ code: 'grace_invalid', field });
    expect(await world.deps.store.rotationUnderway(old.token.id)).toBe(undefined);
  });

  test('gives a scope that would not be granted today to no successor', async () => {
    const own = await openWorld(defaultCatalogue);
    const publicToken = await own.holder({ scopes: ['styles:read'] });
    const secret = await own.holder({ scopes: ['styles:write'] });
    const scopes = defaultCatalogue.scopes.flatMap((one) => {
      if (one.id === 'styles:write') return [];
      return [one.id === 'styles:read' ? { ...one, public: false } : one];
    });
    const catalogue = makeCatalogue(scopes);
    const deps = { ...own.deps, catalogue };
    for (const { token } of [publicToken, secret]) {
      const outcome = await rotateToken(deps, own.acme, { account: 'acme', id: token.id });
      expect(refusal(outcome)).toEqual({
        code: 'scopes_invalid',
        detail:
          'The token has a scope that it would not be given today, so that its successor cannot have it. Take it from the token first.',
        field: 'scopes',
      });
    }
    await own.close();
  });

  test('of a secret token whose scopes have all become public makes a secret one', async () => {
    const own = await openWorld(defaultCatalogue);
    const secret = await own.holder({ scopes: ['styles:write'] });
    const scopes = defaultCatalogue.scopes.map((one) =>
      one.id === 'styles:write' ? { ...one, public: true } : one,
    );
    const deps = { ...own.deps, catalogue: makeCatalogue(scopes) };
    const outcome = await rotateToken(deps, own.acme, { account: 'acme', id: secret.token.id });
    expect(succeeded(outcome).value.token).toMatchObject({ usage: 'sk', text: null });
    await own.close();
  });

  test('with an idempotency key happens once, and tells the text once', async () => {
    const old = await world.holder({ scopes: ['styles:write'] });
    const input = { idempotencyKey: 'rotate-1', graceMs: HOUR_MS };
    const { successor, rotation } = await begun(world, await rotate(world, old.token.id, input));
    const again = succeeded(await rotate(world, old.token.id, input));
    expect(again).toEqual({
      ok: true,
      revision: null,
      value: { replayed: true, token: successor.token, rotation },
    });
    const other = await rotate(world, old.token.id, { ...input, graceMs: 0 });
    expect(refusal(other).code).toBe('idempotency_key_reused');
  });

  test('leaves both tokens to be changed on their own', async () => {
    const old = await world.holder({ scopes: ['styles:write', 'styles:read'] });
    const { successor } = await begun(world, await rotate(world, old.token.id));
    const scopes = ['styles:read'];
    succeeded(await updateToken(world.deps, world.acme, { account: 'acme', id: old.token.id, scopes }));
    expect((await world.callerOf(successor.text)).token.scopes).toEqual(['styles:write', 'styles:read']);
    const rotation = await world.deps.store.rotationUnderway(old.token.id);
    expect(rotation).toMatchObject({ successor: successor.token.id });
  });

  test('by the token itself is possible: it contains itself', async () => {
    const old = await world.holder({ scopes: ['tokens:write', 'styles:read'] });
    const { successor } = await begun(world, await rotate(world, old.token.id, {}, old));
    expect(successor.token.scopes).toEqual<Scope[]>(old.token.scopes as Scope[]);
    const made = await createTemporaryToken(world.deps, successor, {
      account: 'acme',
      scopes: [],
      expires: NOON + HOUR_MS / 2,
    });
    expect(made.ok).toBe(true);
  });
});
