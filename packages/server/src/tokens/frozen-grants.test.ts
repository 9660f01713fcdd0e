import type { Catalogue, CatalogueScope } from '@latchkey/core';
import { defaultCatalogue, makeCatalogue, parseScope } from '@latchkey/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenRow } from '../store/rows.ts';
import { createToken } from './create-token.ts';
import { revokeToken } from './revoke-token.ts';
import { openWorld, refusal, succeeded, type World } from './testing/world.ts';
import { updateToken } from './update-token.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function defaultToken(): Promise<TokenRow> {
  const account = world.acme.account.name;
  const { value } = await world.deps.store.change(async (changes) => changes.defaultToken(account));
  if (value === undefined) throw new TypeError('no default token');
  return value;
}

function later(change: (scope: CatalogueScope) => CatalogueScope[]): Catalogue {
  return makeCatalogue(defaultCatalogue.scopes.flatMap(change));
}

describe('a grant is frozen', () => {
  test('a scope that joins the catalogue joins no token, and nobody can give it who does not hold it', async () => {
    const id = parseScope('weather:read');
    if (id === undefined) throw new TypeError('not a scope');
    const fresh = { id, public: true, operatorOnly: false, description: 'New.' };
    const catalogue = makeCatalogue([...defaultCatalogue.scopes, fresh]);
    const before = await world.deps.store.token(world.acme.token.id);
    const answer = await createToken({ ...world.deps, catalogue }, world.acme, {
      account: 'acme',
      scopes: [id],
    });
    expect(refusal(answer).code).toBe('scopes_invalid');
    expect(await world.deps.store.token(world.acme.token.id)).toEqual(before);
  });

  test('a scope that became secret stays in the public tokens that hold it, which stay public; no other gets it', async () => {
    const holding = await world.holder({ scopes: ['styles:read', 'fonts:read'] });
    const lacking = await world.holder({ scopes: ['fonts:read'] });
    const catalogue = later((scope) => [scope.id === 'styles:read' ? { ...scope, public: false } : scope]);
    const deps = { ...world.deps, catalogue };
    const keep = { account: 'acme', id: holding.token.id, scopes: ['styles:read'] };
    expect(succeeded(await updateToken(deps, world.acme, keep)).value.token).toMatchObject({
      usage: 'pk',
      scopes: ['styles:read'],
    });
    const add = { account: 'acme', id: lacking.token.id, scopes: ['fonts:read', 'styles:read'] };
    expect(refusal(await updateToken(deps, world.acme, add)).code).toBe('scopes_invalid');
  });

  test('a scope that became secret, or left the catalogue, does not come along to a new default token', async () => {
    const { id } = await defaultToken();
    const catalogue = later((scope) => {
      if (scope.id === 'styles:read') return [{ ...scope, public: false }];
      return scope.id === 'vision:read' ? [] : [scope];
    });
    const outcome = await revokeToken({ ...world.deps, catalogue }, world.acme, { account: 'acme', id });
    const scopes = ['styles:tiles', 'fonts:read', 'datasets:read'];
    expect(succeeded(outcome).value.successor).toMatchObject({ usage: 'pk', isDefault: true, scopes });
    expect(await defaultToken()).toMatchObject({ scopes });
  });

  test('a scope that became public makes no secret token public', async () => {
    const secret = await world.holder({ scopes: ['styles:write'] });
    const catalogue = later((scope) => [scope.id === 'styles:write' ? { ...scope, public: true } : scope]);
    const outcome = await updateToken({ ...world.deps, catalogue }, world.acme, {
      account: 'acme',
      id: secret.token.id,
      note: 'still secret',
    });
    expect(succeeded(outcome).value.token).toMatchObject({ usage: 'sk', text: null });
  });

  test('a scope that left the catalogue stays where it is, may be kept and dropped, and is given to nobody', async () => {
    const holding = await world.holder({ scopes: ['styles:write', 'styles:list'] });
    const catalogue = later((scope) => (scope.id === 'styles:write' ? [] : [scope]));
    const deps = { ...world.deps, catalogue };
    const answer = await createToken(deps, world.acme, { account: 'acme', scopes: ['styles:write'] });
    expect(refusal(answer).code).toBe('scopes_invalid');
    const change = (scopes: string[]) =>
      updateToken(deps, world.acme, { account: 'acme', id: holding.token.id, scopes });
    expect((await change(['styles:write'])).ok).toBe(true);
    expect((await change(['styles:list'])).ok).toBe(true);
    expect(refusal(await change(['styles:list', 'styles:write'])).code).toBe('scopes_invalid');
  });
});
