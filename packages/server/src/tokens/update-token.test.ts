import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenCaller } from './caller.ts';
import { revokeToken } from './revoke-token.ts';
import { HOUR_MS, NOON, openWorld, refusal, succeeded, type World } from './testing/world.ts';
import { type UpdateTokenInput, updateToken } from './update-token.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function update(id: string, input: Partial<UpdateTokenInput>, caller: TokenCaller = world.acme) {
  return updateToken(world.deps, caller, { account: caller.account.name, id, ...input });
}

async function updated(id: string, input: Partial<UpdateTokenInput>, caller?: TokenCaller) {
  return succeeded(await update(id, input, caller)).value.token;
}

async function defaultToken() {
  const { value } = await world.deps.store.change(async (changes) =>
    changes.defaultToken(world.acme.account.name),
  );
  if (value === undefined) throw new TypeError('acme has no default token');
  return value;
}

describe('updating a token', () => {
  test('changes only what is sent, and never the text, the id, or the time of making', async () => {
    const made = await world.holder({ scopes: ['styles:write'], note: 'a', allowedUrls: ['a.example'] });
    world.clock.now += 1000;
    const after = await updated(made.token.id, { note: 'b' });
    expect(after).toEqual({ ...made.token, note: 'b', modifiedAt: NOON + 1000 });
    expect((await world.callerOf(made.text)).token).toEqual(after);
    world.clock.now = NOON;
  });

  test('with nothing to change answers, and leaves no trace', async () => {
    const made = await world.holder({ scopes: ['styles:write'], note: 'a', allowedUrls: ['a.example'] });
    const head = await world.deps.store.head();
    for (const input of [{}, { note: 'a' }, { scopes: ['styles:write'] }, { allowedUrls: ['a.example'] }]) {
      expect(await updated(made.token.id, input)).toEqual(made.token);
    }
    expect(await world.deps.store.head()).toEqual(head);
  });

  test('of a note alone is nothing that verifiers hear of', async () => {
    const made = await world.holder({});
    const outcome = succeeded(await update(made.token.id, { note: 'seen by people' }));
    expect([outcome.revision, outcome.value.token.revision]).toEqual([null, made.token.revision]);
  });

  test('lifts a restriction with null, and replaces it with a list', async () => {
    const made = await world.holder({
      allowedUrls: ['a.example'],
      allowedAddresses: ['10.0.0.0/8'],
      resources: ['/styles/v1/acme'],
      allowedApplications: [{ platform: 'android', bundleId: 'com.example.app' }],
      expires: NOON + HOUR_MS,
    });
    const { id } = made.token;
    const outcome = succeeded(await update(id, { allowedUrls: ['b.example'], strictPaths: true }));
    expect(outcome.value.token.restrictions[0]).toEqual({
      kind: 'urls',
      entries: ['b.example'],
      strictPaths: true,
    });
    expect(outcome.value.token.revision).toBe(outcome.revision);
    expect((await updated(id, { allowedUrls: ['c.example'] })).restrictions[0]).toMatchObject({
      strictPaths: true,
    });
    expect((await updated(id, { strictPaths: false })).restrictions[0]).toMatchObject({
      entries: ['c.example'],
      strictPaths: false,
    });
    const lifted = { allowedUrls: null, allowedAddresses: null, resources: null, allowedApplications: null };
    expect(await updated(id, { ...lifted, expires: null })).toMatchObject({
      restrictions: [],
      expires: null,
    });
    expect(refusal(await update(id, { strictPaths: true }))).toMatchObject({ field: 'strictPaths' });
  });

  test('that narrows needs tokens:write only, whatever the caller itself may do', async () => {
    const made = await world.holder({
      scopes: ['styles:write', 'styles:list'],
      allowedUrls: ['a.example', 'b.example'],
    });
    const writer = await world.holder({ scopes: ['tokens:write'], resources: ['/tokens/v2/acme'] });
    const after = await updated(
      made.token.id,
      { scopes: ['styles:list'], allowedUrls: ['a.example'] },
      writer,
    );
    expect(after).toMatchObject({ scopes: ['styles:list'], usage: 'sk' });
    expect(
      refusal(await update(made.token.id, {}, await world.holder({ scopes: ['tokens:read'] }))).code,
    ).toBe('insufficient_scope');
  });

  test.each<[string, Partial<UpdateTokenInput>, Partial<UpdateTokenInput>, string]>([
    ['scopes', { scopes: ['styles:list'] }, { scopes: ['styles:list', 'styles:write'] }, 'scopes_invalid'],
    ['resources', { resources: ['/a/b'] }, { resources: ['/a'] }, 'resources_invalid'],
    ['resources, lifted,', { resources: ['/a/b'] }, { resources: null }, 'resources_invalid'],
    [
      'addresses',
      { allowedAddresses: ['10.1.0.0/16'] },
      { allowedAddresses: ['10.0.0.0/8'] },
      'addresses_invalid',
    ],
    [
      'applications',
      { allowedApplications: [{ platform: 'ios', bundleId: 'com.a' }] },
      { allowedApplications: null },
      'applications_invalid',
    ],
    ['URLs', { allowedUrls: ['a.example'] }, { allowedUrls: ['a.example', 'b.example'] }, 'urls_invalid'],
    [
      'strictness',
      { allowedUrls: ['a.example/x'], strictPaths: true },
      { strictPaths: false },
      'urls_invalid',
    ],
    ['expiry', { expires: NOON + HOUR_MS }, { expires: NOON + HOUR_MS + 1 }, 'expires_after_creator'],
  ])('that widens %s needs a caller whose token contains the whole result', async (_what, from, to, code) => {
    const scopes = from.scopes ?? ['styles:list'];
    const target = await world.holder({ ...from, scopes });
    // As restricted as the target, so that nothing but the widening is beyond it.
    const equal = await world.holder({ ...from, scopes: [...scopes, 'tokens:write'] });
    expect(refusal(await update(target.token.id, to, equal)).code).toBe(code);
    expect((await world.callerOf(target.text)).token).toEqual(target.token);
    expect((await update(target.token.id, to)).ok).toBe(true);
  });

  test('that narrows one thing and widens another counts as widening', async () => {
    const target = await world.holder({
      scopes: ['styles:list', 'styles:write'],
      allowedUrls: ['a.example'],
    });
    const writer = await world.holder({
      scopes: ['tokens:write', 'styles:list'],
      allowedUrls: ['a.example'],
    });
    const trade = { scopes: ['styles:list'], allowedUrls: null };
    expect(refusal(await update(target.token.id, trade, writer)).code).toBe('urls_invalid');
  });

  test('never widens the token that asks', async () => {
    const self = await world.holder({ scopes: ['tokens:write', 'styles:list'], allowedUrls: ['a.example'] });
    for (const more of [{ allowedUrls: null }, { scopes: ['tokens:write', 'styles:list', 'styles:write'] }]) {
      expect((await update(self.token.id, more, self)).ok).toBe(false);
    }
    expect((await update(self.token.id, { scopes: ['tokens:write'] }, self)).ok).toBe(true);
  });

  test('never gives a public token a secret scope, not even the default one', async () => {
    const open = await world.holder({ scopes: ['styles:read'] });
    for (const { id } of [open.token, await defaultToken()]) {
      expect(refusal(await update(id, { scopes: ['styles:read', 'styles:write'] }))).toEqual({
        code: 'scopes_invalid',
        detail: 'A public token may only get public scopes.',
        field: 'scopes',
      });
    }
    expect(await updated(open.token.id, { scopes: ['fonts:read'] })).toMatchObject({
      usage: 'pk',
      text: open.text,
    });
  });

  test('leaves a secret token secret, whatever scopes it keeps', async () => {
    const secret = await world.holder({ scopes: ['styles:read', 'styles:write'] });
    expect(await updated(secret.token.id, { scopes: ['styles:read'] })).toMatchObject({
      usage: 'sk',
      text: null,
    });
  });

  test('gives no scope to a token without scopes, save to the default one', async () => {
    const none = await world.holder({ scopes: [] });
    expect(refusal(await update(none.token.id, { scopes: ['styles:read'] }))).toMatchObject({
      code: 'scopes_invalid',
      detail: 'A token without scopes can get none later.',
    });
    const { id, scopes } = await defaultToken();
    expect((await updated(id, { scopes: [] })).scopes).toEqual([]);
    expect((await updated(id, { scopes })).scopes).toEqual(scopes);
  });

  test('gives a secret token that was narrowed to no scopes its scopes back: it was made with some', async () => {
    const { token } = await world.holder({ scopes: ['uploads:read'] });
    expect((await updated(token.id, { scopes: [] })).scopes).toEqual([]);
    expect(await updated(token.id, { scopes: ['uploads:read'] })).toMatchObject({
      usage: 'sk',
      scopes: ['uploads:read'],
    });
  });

  test('may restrict the default token to URLs, and never lets it expire', async () => {
    const { id } = await defaultToken();
    expect(await updated(id, { allowedUrls: ['a.example'] })).toMatchObject({ isDefault: true });
    expect(refusal(await update(id, { expires: NOON + HOUR_MS }))).toEqual({
      code: 'expires_invalid',
      detail: 'The default token does not expire.',
      field: 'expires',
    });
    await updated(id, { allowedUrls: null });
  });

  test('answers a revoked token by its reason, and any other account as a random id', async () => {
    const made = await world.holder({});
    await revokeToken(world.deps, world.acme, { account: 'acme', id: made.token.id });
    expect(refusal(await update(made.token.id, { note: 'x' })).code).toBe('token_revoked');
    const answers = [
      await update(world.operator.token.id, { note: 'x' }),
      await update(`c${'0'.repeat(24)}`, { note: 'x' }),
      await update('../etc', { note: 'x' }),
    ];
    for (const answer of answers) expect(refusal(answer)).toEqual(refusal(answers[0] ?? answer));
    expect(refusal(answers[0] ?? fail())).toMatchObject({ code: 'token_not_found' });
  });

  test('that narrows ends the temporary tokens that no longer fit, and those that they made', async () => {
    const parent = await world.holder({ scopes: ['tokens:write', 'styles:read', 'fonts:read'] });
    const wide = await world.temporary(parent, ['tokens:write', 'styles:read', 'fonts:read']);
    const ofWide = await world.temporary(wide, ['styles:read']);
    const narrow = await world.temporary(parent, ['tokens:write', 'styles:read']);
    const outcome = succeeded(await update(parent.token.id, { scopes: ['tokens:write', 'styles:read'] }));
    expect([...outcome.value.revokedTemporary].sort()).toEqual([wide.token.id, ofWide.token.id].sort());
    expect((await world.callerOf(narrow.text)).token.status).toBe('active');
    expect((await world.callerOf(ofWide.text)).token).toMatchObject({ status: 'revoked', revokedAt: NOON });
    const stored = await world.callerOf(parent.text);
    expect(outcome.value.token).toEqual(stored.token);
  });

  test('that restricts ends the temporary tokens that are not restricted as much', async () => {
    const parent = await world.holder({ scopes: ['tokens:write'] });
    const free = await world.temporary(parent, []);
    await updated(parent.token.id, { allowedUrls: ['a.example'] });
    expect((await world.callerOf(free.text)).token.status).toBe('revoked');
  });
});

function fail(): never {
  throw new TypeError('no answer');
}
