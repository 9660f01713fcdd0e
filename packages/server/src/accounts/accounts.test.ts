import { defaultCatalogue } from '@latchkey/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../tokens/create-token.ts';
import { openWorld, refusal, succeeded, type World } from '../tokens/testing/world.ts';
import { createAccount } from './create-account.ts';
import { getAccount } from './get-account.ts';
import { initInstallation } from './init-installation.ts';
import { listAccounts } from './list-accounts.ts';
import { resumeAccount } from './resume-account.ts';
import { suspendAccount } from './suspend-account.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const names = (filter: (scope: (typeof defaultCatalogue.scopes)[number]) => boolean) =>
  defaultCatalogue.scopes.filter(filter).map(({ id }) => id);

describe('an installation', () => {
  test('gets its operator once; a second time is refused and changes nothing', async () => {
    const head = await world.deps.store.head();
    const answer = await initInstallation(world.deps, { account: 'second', requestId: 'r' });
    expect(refusal(answer)).toEqual({
      code: 'already_initialised',
      detail: "This installation has its operator's account already: root.",
    });
    expect(await world.deps.store.head()).toEqual(head);
  });

  test("gives the operator's token every scope, operator-only ones too, and audits who did it", async () => {
    expect(world.operator.token).toMatchObject({ usage: 'sk', text: null, scopes: names(() => true) });
    expect(world.operator.account).toMatchObject({ name: 'root', kind: 'operator' });
    const [first] = await world.deps.store.changesAfter(0, 1);
    expect(JSON.parse(first?.record ?? '')).toMatchObject({
      kind: 'account',
      account: 'root',
      status: 'active',
    });
    const rows = await world.deps.store.auditRows({
      account: world.operator.account.name,
      subject: null,
      action: null,
      before: null,
      limit: 10,
    });
    expect(rows.map(({ action, actor }) => [action, actor])).toEqual(
      ['token.create', 'token.create', 'account.create'].map((action) => [
        action,
        { kind: 'system', name: 'init' },
      ]),
    );
  });

  test('begun twice at once has one operator', async () => {
    const other = await openWorld();
    const answers = await Promise.all(
      ['a1', 'a2'].map((account) => initInstallation(other.deps, { account, requestId: 'r' })),
    );
    expect(answers.map((answer) => refusal(answer).code)).toEqual([
      'already_initialised',
      'already_initialised',
    ]);
    await other.close();
  });
});

describe('creating an account', () => {
  test('makes it with a default public token and a secret token with every scope of the account', async () => {
    const { value } = succeeded(await createAccount(world.deps, world.operator, { name: 'maps-1' }));
    expect(value.account).toMatchObject({
      name: 'maps-1',
      kind: 'customer',
      status: 'active',
      allowance: null,
    });
    expect(value.defaultToken).toMatchObject({
      usage: 'pk',
      isDefault: true,
      note: 'Default public token',
      scopes: names((scope) => scope.public),
    });
    expect(value.token).toMatchObject({
      usage: 'sk',
      isDefault: false,
      scopes: names((scope) => !scope.operatorOnly),
    });
    const stored = await world.callerOf(value.text ?? '');
    expect(stored.token).toEqual(value.token);
    expect(await world.deps.store.token(value.defaultToken.id)).toEqual(value.defaultToken);
  });

  test('with an allowance gives no more than that, then or later', async () => {
    const allowance = ['styles:read', 'tokens:write', 'tokens:read'];
    const { value } = succeeded(
      await createAccount(world.deps, world.operator, { name: 'small', allowance }),
    );
    expect([value.token.scopes, value.defaultToken.scopes].map((list) => [...list].sort())).toEqual([
      [...allowance].sort(),
      ['styles:read'],
    ]);
    const caller = await world.callerOf(value.text ?? '');
    const answer = await createToken(world.deps, caller, { account: 'small', scopes: ['fonts:read'] });
    expect(refusal(answer)).toMatchObject({
      code: 'scopes_invalid',
      detail: '"fonts:read" is not a scope that this account may hold.',
    });
  });

  test.each([
    [{ name: 'acme' }, 'account_exists'],
    [{ name: 'root' }, 'account_exists'],
    [{ name: 'a' }, 'account_name_invalid'],
    [{ name: 'Acme' }, 'account_name_invalid'],
    [{ name: 'a--b' }, 'account_name_invalid'],
    [{ name: '../x' }, 'account_name_invalid'],
    [{ name: 'fine', allowance: ['no:such'] }, 'allowance_invalid'],
    [{ name: 'fine', allowance: ['accounts:write'] }, 'allowance_invalid'],
  ])('refuses %o', async (input, code) => {
    const answer = refusal(await createAccount(world.deps, world.operator, input));
    expect(answer.code).toBe(code);
    expect(answer.detail).toMatch(/\.$/);
  });

  test("is the operator's, with a lasting token that has accounts:write", async () => {
    const input = { name: 'never' };
    expect(refusal(await createAccount(world.deps, world.acme, input))).toMatchObject({
      code: 'insufficient_scope',
      scope: 'accounts:write',
    });
    const reader = await world.holder({ scopes: ['accounts:read'] }, world.operator);
    expect(refusal(await createAccount(world.deps, reader, input)).code).toBe('insufficient_scope');
    const forged = { ...world.operator, account: world.acme.account };
    expect(refusal(await createAccount(world.deps, forged, input)).code).toBe('operator_only');
    const temporary = await world.temporary(world.operator, ['accounts:write']);
    expect(refusal(await createAccount(world.deps, temporary, input)).code).toBe('caller_is_temporary');
  });
});

describe('suspending and resuming an account', () => {
  test('is one change that covers its tokens; once more is none', async () => {
    const { deps, operator } = world;
    const suspended = succeeded(await suspendAccount(deps, operator, { name: 'acme' }));
    expect(suspended.value.status).toBe('suspended');
    const [change] = await deps.store.changesAfter((suspended.revision ?? 0) - 1, 5);
    expect(JSON.parse(change?.record ?? '')).toEqual({
      kind: 'account',
      account: 'acme',
      status: 'suspended',
      revision: suspended.revision,
    });
    expect(succeeded(await suspendAccount(deps, operator, { name: 'acme' })).revision).toBe(null);
    expect(succeeded(await resumeAccount(deps, operator, { name: 'acme' })).value.status).toBe('active');
    expect(succeeded(await resumeAccount(deps, operator, { name: 'acme' })).revision).toBe(null);
    const rows = await deps.store.auditRows({
      account: world.acme.account.name,
      subject: 'acme',
      action: null,
      before: null,
      limit: 2,
    });
    expect(rows.map(({ action }) => action)).toEqual(['account.resume', 'account.suspend']);
  });

  test("is never done to the operator's own, and finds no account that is not there", async () => {
    expect(refusal(await suspendAccount(world.deps, world.operator, { name: 'root' })).code).toBe(
      'operator_account',
    );
    for (const name of ['nobody', 'No Name']) {
      expect(refusal(await suspendAccount(world.deps, world.operator, { name })).code).toBe(
        'account_not_found',
      );
    }
    expect(refusal(await resumeAccount(world.deps, world.acme, { name: 'acme' })).code).toBe(
      'insufficient_scope',
    );
  });
});

describe('reading accounts', () => {
  test('tells them by name, page by page, to the operator only', async () => {
    const first = succeeded(await listAccounts(world.deps, world.operator, { limit: 1 })).value;
    expect(first).toMatchObject({ rows: [{ name: 'acme' }], next: 'acme' });
    const rest = succeeded(
      await listAccounts(world.deps, world.operator, { limit: 100, start: 'acme' }),
    ).value;
    expect(rest.rows.map(({ name }) => name)).toContain('root');
    expect(rest.next).toBe(null);
    const bad = await listAccounts(world.deps, world.operator, { limit: 1, start: 'No' });
    expect(refusal(bad).code).toBe('start_invalid');
    expect(refusal(await listAccounts(world.deps, world.acme, { limit: 1 })).code).toBe('insufficient_scope');
  });

  test('finds one by name, for the operator only', async () => {
    expect(succeeded(await getAccount(world.deps, world.operator, { name: 'acme' })).value.name).toBe('acme');
    expect(refusal(await getAccount(world.deps, world.operator, { name: 'nobody' })).code).toBe(
      'account_not_found',
    );
    expect(refusal(await getAccount(world.deps, world.acme, { name: 'acme' })).code).toBe(
      'insufficient_scope',
    );
  });
});
