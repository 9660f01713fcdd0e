import { parseScope } from '@latchkey/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { suspendAccount } from '../accounts/suspend-account.ts';
import type { TokenCaller } from './caller.ts';
import { type ExplainInput, explain } from './explain.ts';
import { revokeToken } from './revoke-token.ts';
import { openWorld, refusal, succeeded, type World } from './testing/world.ts';
import { updateToken } from './update-token.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const REQUEST: ExplainInput['request'] = {
  method: 'GET',
  path: '/styles/v1/acme/streets',
  origin: 'https://other.example',
  referer: undefined,
  secFetchSite: undefined,
  preflightMethod: undefined,
  iosBundleIdentifier: undefined,
  androidPackage: undefined,
  userAgent: undefined,
  address: '192.0.2.1',
};

async function ask(token: string, caller: TokenCaller = world.acme, over: Partial<ExplainInput> = {}) {
  const scope = parseScope('styles:read');
  const requires = scope === undefined ? [] : [scope];
  const policy = { requires, secretInQuery: 'refuse', publicOrigin: undefined } as const;
  return explain(world.deps, caller, { token, request: REQUEST, transport: 'header', policy, ...over });
}

describe('explaining a request', () => {
  test('by id and by text gives the same decision, and every check in order', async () => {
    const made = await world.holder({ scopes: ['styles:read'], allowedUrls: ['a.example'] });
    const byId = succeeded(await ask(made.token.id)).value;
    expect(byId.decision).toMatchObject({ allow: false, reason: 'url_not_allowed' });
    expect(byId.trace.map(({ check, outcome }) => [check, outcome])).toContainEqual(['scope', 'passed']);
    expect(byId.trace.find(({ outcome }) => outcome === 'failed')?.check).toBe('url');
    expect(succeeded(await ask(made.text)).value.trace).toEqual(byId.trace);
    const request = { ...REQUEST, origin: 'https://a.example' };
    expect(succeeded(await ask(made.token.id, world.acme, { request })).value.decision.allow).toBe(true);
  });

  test('never tells the text of the token', async () => {
    const made = await world.holder({ scopes: ['styles:write'] });
    for (const token of [made.text, made.token.id]) {
      const { value } = succeeded(await ask(token));
      expect(JSON.stringify(value)).not.toContain(made.text.slice(-22));
      expect(JSON.stringify(value)).not.toContain('A'.repeat(22));
    }
  });

  test('is refused to a caller who was revoked, narrowed or suspended after the door looked', async () => {
    const { token } = await world.holder({ scopes: ['styles:read'] });
    const revoked = await world.holder({ scopes: ['tokens:read'] });
    await revokeToken(world.deps, world.acme, { account: 'acme', id: revoked.token.id });
    expect(refusal(await ask(token.id, revoked)).code).toBe('unauthorized');
    const narrowed = await world.holder({ scopes: ['tokens:read', 'audit:read'] });
    const scopes = ['audit:read'];
    succeeded(await updateToken(world.deps, world.acme, { account: 'acme', id: narrowed.token.id, scopes }));
    expect(refusal(await ask(token.id, narrowed)).code).toBe('insufficient_scope');
    const suspended = await world.customer('paused');
    succeeded(await suspendAccount(world.deps, world.operator, { name: 'paused' }));
    expect(refusal(await ask(suspended.token.id, suspended)).code).toBe('account_suspended');
  });

  test('tells of secret tokens in a query, revoked and temporary ones', async () => {
    const made = await world.holder({ scopes: ['styles:write', 'styles:read'] });
    const inQuery = succeeded(await ask(made.token.id, world.acme, { transport: 'query' })).value;
    expect(inQuery.decision).toMatchObject({ allow: false, reason: 'secret_in_query' });
    await revokeToken(world.deps, world.acme, { account: 'acme', id: made.token.id });
    expect(succeeded(await ask(made.token.id)).value.decision).toMatchObject({
      allow: false,
      reason: 'revoked',
    });
    const temporary = await world.temporary(world.acme, ['styles:read']);
    expect(succeeded(await ask(temporary.token.id)).value.decision.allow).toBe(true);
  });

  test('shows a foreign token to the operator only: its id is not found, its text unknown', async () => {
    const foreign = world.operator;
    expect(refusal(await ask(foreign.token.id))).toEqual(refusal(await ask(`c${'0'.repeat(24)}`)));
    const made = await world.holder({ scopes: ['styles:read'] });
    expect(succeeded(await ask(made.token.id, world.operator)).value.decision.allow).toBe(true);
    const rootText = (await world.holder({ scopes: ['styles:read'] }, world.operator)).text;
    const seen = succeeded(await ask(rootText)).value;
    expect(seen.decision).toMatchObject({ allow: false, reason: 'unknown_token', token: undefined });
    expect(seen).toEqual(succeeded(await ask('pk.abc.123')).value);
  });

  test('needs tokens:read', async () => {
    const writer = await world.holder({ scopes: ['tokens:write'] });
    expect(refusal(await ask(writer.token.id, writer))).toMatchObject({
      code: 'insufficient_scope',
      scope: 'tokens:read',
    });
  });
});
