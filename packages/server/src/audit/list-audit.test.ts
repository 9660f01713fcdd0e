import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, refusal, succeeded, type World } from '../tokens/testing/world.ts';
import { updateToken } from '../tokens/update-token.ts';
import { type ListAuditInput, listAudit } from './list-audit.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function rows(input: Partial<ListAuditInput>, caller = world.acme) {
  return succeeded(await listAudit(world.deps, caller, { limit: 100, ...input })).value.rows;
}

describe('listing the audit log', () => {
  test("shows an account its own rows, and the operator everybody's", async () => {
    expect(new Set((await rows({})).map(({ account }) => account))).toEqual(new Set(['acme']));
    const all = await rows({}, world.operator);
    expect(new Set(all.map(({ account }) => account))).toEqual(new Set(['acme', 'root']));
    expect(await rows({ account: 'acme' }, world.operator)).toEqual(await rows({}));
    expect(await rows({ account: 'nobody' }, world.operator)).toEqual([]);
    expect(await rows({ account: 'No Name' }, world.operator)).toEqual([]);
    for (const account of ['root', 'nobody']) {
      const answer = await listAudit(world.deps, world.acme, { account, limit: 5 });
      expect(refusal(answer).code).toBe('account_not_found');
    }
  });

  test('tells what was before and after, newest first, page by page', async () => {
    const made = await world.holder({ scopes: ['styles:write', 'styles:list'], note: 'a' });
    const change = { account: 'acme', id: made.token.id, note: 'b', scopes: ['styles:list'] };
    await updateToken(world.deps, world.acme, change);
    const [update, create] = await rows({ subject: made.token.id });
    expect(update).toMatchObject({
      action: 'token.update',
      before: { note: 'a', scopes: ['styles:write', 'styles:list'] },
      after: { note: 'b', scopes: ['styles:list'] },
    });
    expect(create).toMatchObject({ action: 'token.create', before: null });
    const page = succeeded(
      await listAudit(world.deps, world.acme, { limit: 1, subject: made.token.id }),
    ).value;
    expect(page).toEqual({ rows: [update], next: update?.sequence });
    const rest = { limit: 1, subject: made.token.id, before: page.next ?? undefined };
    expect(succeeded(await listAudit(world.deps, world.acme, rest)).value).toEqual({
      rows: [create],
      next: null,
    });
    expect(await rows({ subject: made.token.id, action: 'token.update' })).toEqual([update]);
  });

  test('needs audit:read', async () => {
    const caller = await world.holder({ scopes: ['tokens:read'] });
    expect(refusal(await listAudit(world.deps, caller, { limit: 5 }))).toMatchObject({
      code: 'insufficient_scope',
      scope: 'audit:read',
    });
  });
});
