import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatListCursor, parseListCursor } from './list-cursor.ts';
import { type ListTokensInput, listTokens } from './list-tokens.ts';
import { revokeToken } from './revoke-token.ts';
import { openWorld, refusal, succeeded, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  for (let i = 0; i < 7; i++) {
    world.clock.now += 1000;
    await world.holder({ scopes: i % 2 === 0 ? ['styles:read'] : ['styles:write'], note: `token ${i}` });
  }
});
afterAll(() => world.close());

async function list(input: Partial<ListTokensInput> = {}) {
  return listTokens(world.deps, world.acme, { account: 'acme', limit: 100, ...input });
}

async function notes(input: Partial<ListTokensInput> = {}) {
  return succeeded(await list(input)).value.rows.map(({ note }) => note?.replace('token ', ''));
}

describe('listing tokens', () => {
  test('tells pages until there are no more', async () => {
    const pages: (string | undefined)[][] = [];
    let start: string | undefined;
    do {
      const { rows, next } = succeeded(await list({ limit: 4, start })).value;
      pages.push(rows.map(({ note }) => note?.replace('token ', '')));
      start = next ?? undefined;
    } while (start !== undefined);
    expect(pages.map((page) => page.length)).toEqual([4, 4, 1]);
    expect(pages.flat().slice(0, 7)).toEqual(['6', '5', '4', '3', '2', '1', '0']);
  });

  test('combines every filter with every other', async () => {
    expect(await notes({ usages: ['sk'], limit: 2, default: false })).toEqual(['5', '3']);
    expect(await notes({ default: true })).toEqual(['Default public token']);
    expect(await notes({ default: true, usages: ['sk'] })).toEqual([]);
    expect(await notes({ scope: 'styles:write', search: 'TOKEN 3' })).toEqual(['3']);
    expect(await notes({ scope: 'no such scope' })).toEqual([]);
    expect(await notes({ search: '', usages: ['pk'], default: false })).toEqual(['6', '4', '2', '0']);
  });

  test('leaves out revoked and temporary tokens unless asked for', async () => {
    const gone = await world.holder({ note: 'gone' });
    await revokeToken(world.deps, world.acme, { account: 'acme', id: gone.token.id });
    await world.temporary(world.acme, ['styles:read']);
    expect(await notes({ search: 'gone' })).toEqual([]);
    expect(await notes({ search: 'gone', status: 'revoked' })).toEqual(['gone']);
    expect(succeeded(await list({ usages: ['tk'] })).value.rows).toMatchObject([{ usage: 'tk' }]);
  });

  test('tells expired tokens from active ones, and lists both unless asked for one of them', async () => {
    const expires = world.clock.now + 1000;
    await world.holder({ note: 'short', expires });
    world.clock.now += 1;
    await world.holder({ note: 'shorter', expires: expires + 1000 });
    world.clock.now = expires;
    expect(await notes({ search: 'short' })).toEqual(['shorter', 'short']);
    expect(await notes({ search: 'short', status: 'active' })).toEqual(['shorter']);
    expect(await notes({ search: 'short', status: 'expired' })).toEqual(['short']);
    expect(await notes({ search: 'short', status: 'revoked' })).toEqual([]);
    expect(await notes({ search: 'token 3', status: 'active' })).toEqual(['3']);
  });

  test('needs tokens:read, and is of the own account only', async () => {
    const writer = await world.holder({ scopes: ['tokens:write'] });
    const answer = await listTokens(world.deps, writer, { account: 'acme', limit: 10 });
    expect(refusal(answer)).toMatchObject({ code: 'insufficient_scope', scope: 'tokens:read' });
    expect(refusal(await list({ account: 'root' })).code).toBe('account_not_found');
  });

  test('refuses a cursor that it did not give, or gave for another order', async () => {
    const { next } = succeeded(await list({ limit: 1 })).value;
    expect(next).toMatch(/^[\w-]+$/);
    for (const start of ['', 'x', `${next}x`, '__proto__', 'W10', 'bnVsbA', 'a'.repeat(300)]) {
      expect(refusal(await list({ start }))).toMatchObject({ code: 'start_invalid', field: 'start' });
    }
    expect(refusal(await list({ start: next ?? '', sortBy: 'modified' })).code).toBe('start_invalid');
  });

  test('has cursors that read as they were written', () => {
    const position = { at: 5, id: world.acme.token.id, asOf: 9 };
    expect(parseListCursor('modified', formatListCursor('modified', position))).toEqual(position);
  });
});
