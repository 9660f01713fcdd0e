import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenCaller } from './caller.ts';
import { revokeToken } from './revoke-token.ts';
import { NOON, openWorld, refusal, succeeded, type World } from './testing/world.ts';
import { updateToken } from './update-token.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function revoke(id: string, caller: TokenCaller = world.acme) {
  return revokeToken(world.deps, caller, { account: caller.account.name, id });
}

async function statusOf(text: string) {
  return (await world.callerOf(text)).token.status;
}

describe('revoking a token', () => {
  test('leaves a tombstone that remembers the digest', async () => {
    const made = await world.holder({ scopes: ['styles:write'] });
    const outcome = succeeded(await revoke(made.token.id));
    expect(outcome.value.token).toEqual({
      ...made.token,
      status: 'revoked',
      revokedAt: NOON,
      revision: outcome.revision,
    });
    expect((await world.callerOf(made.text)).token).toEqual(outcome.value.token);
    const [change] = await world.deps.store.changesAfter((outcome.revision ?? 0) - 1, 1);
    expect(JSON.parse(change?.record ?? '')).toMatchObject({ id: made.token.id, status: 'revoked' });
  });

  test('ends all temporary tokens that descend from it in the same commit, and nobody else', async () => {
    const parent = await world.holder({ scopes: ['tokens:write', 'styles:read'] });
    const child = await world.temporary(parent, ['tokens:write', 'styles:read']);
    const grandchild = await world.temporary(child, ['styles:read']);
    const stranger = await world.temporary(world.acme, ['styles:read']);
    const madeByParent = await world.holder({ scopes: ['styles:read'] }, parent);
    const { value, revision } = succeeded(await revoke(parent.token.id));
    expect([...value.revokedTemporary].sort()).toEqual([child.token.id, grandchild.token.id].sort());
    expect(value.token.revision).toBe((revision ?? 0) - 2);
    expect(await Promise.all([child, grandchild].map(({ text }) => statusOf(text)))).toEqual([
      'revoked',
      'revoked',
    ]);
    expect(await Promise.all([stranger, madeByParent].map(({ text }) => statusOf(text)))).toEqual([
      'active',
      'active',
    ]);
    const audit = await world.deps.store.auditRows({
      account: null,
      subject: grandchild.token.id,
      action: 'token.revoke',
      before: null,
      limit: 5,
    });
    expect(audit).toMatchObject([{ before: { status: 'active' }, after: { status: 'revoked' } }]);
  });

  test('needs no more than tokens:write: a restricted caller may end a wider token, and any caller itself', async () => {
    const wide = await world.holder({ scopes: ['styles:write'] });
    const writer = await world.holder({ scopes: ['tokens:write'], resources: ['/tokens/v2/acme'] });
    expect((await revoke(wide.token.id, writer)).ok).toBe(true);
    expect((await revoke(writer.token.id, writer)).ok).toBe(true);
    expect(refusal(await revoke(wide.token.id, writer)).code).toBe('unauthorized');
    const reader = await world.holder({ scopes: ['tokens:read'] });
    expect(refusal(await revoke(wide.token.id, reader)).code).toBe('insufficient_scope');
  });

  test('happens once; another account is answered as a random id', async () => {
    const made = await world.holder({});
    await revoke(made.token.id);
    expect(refusal(await revoke(made.token.id))).toEqual({
      code: 'token_revoked',
      detail: 'The token was revoked before.',
      field: 'id',
    });
    expect(refusal(await revoke(world.operator.token.id))).toEqual(
      refusal(await revoke(`c${'x'.repeat(24)}`)),
    );
  });

  test('of the default token makes a successor of the same grant at once: never a wider one', async () => {
    const account = world.acme.account.name;
    const current = async () =>
      (await world.deps.store.change(async (changes) => changes.defaultToken(account))).value;
    const first = await current();
    const id = first?.id ?? '';
    await updateToken(world.deps, world.acme, {
      account,
      id,
      scopes: ['styles:read'],
      allowedUrls: ['a.example'],
    });
    const { value, revision } = succeeded(await revoke(id));
    expect(value.token).toMatchObject({ id, status: 'revoked', isDefault: false });
    expect(value.successor).toMatchObject({
      usage: 'pk',
      isDefault: true,
      replaces: id,
      note: 'Default public token',
      scopes: ['styles:read'],
      restrictions: [{ kind: 'urls', entries: ['a.example'], strictPaths: false }],
      expires: null,
      status: 'active',
      revision,
    });
    expect(value.successor).toEqual(await current());
    expect(value.successor?.text).not.toBe(first?.text);
    expect((await world.callerOf(value.successor?.text ?? '')).token.id).toBe(value.successor?.id);
  });
});
