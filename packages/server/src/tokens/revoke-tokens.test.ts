import { afterAll, beforeEach, expect, test } from 'vitest';
import { rotateToken } from '../rotation/rotate-token.ts';
import type { TokenCaller } from './caller.ts';
import { createToken } from './create-token.ts';
import { type RevokeTokensInput, revokeTokens } from './revoke-tokens.ts';
import { HOUR_MS, openWorld, refusal, succeeded, type World } from './testing/world.ts';

const DAY_MS = 24 * HOUR_MS;
let world: World;
beforeEach(async () => {
  await world?.close();
  world = await openWorld();
});
afterAll(() => world.close());

async function revoke(
  selection: RevokeTokensInput['selection'],
  over: Partial<RevokeTokensInput> = {},
  by: TokenCaller = world.acme,
) {
  return revokeTokens(world.deps, by, { selection, limit: 1000, dryRun: false, ...over });
}

const statusOf = async (id: TokenCaller['token']['id']) => (await world.deps.store.token(id))?.status;

test('a dry run tells what would be stopped, and stops nothing', async () => {
  const used = await world.holder({ scopes: ['styles:write', 'tokens:write'], note: 'job 1' });
  const idle = await world.holder({ scopes: ['styles:write'], note: 'job 2' });
  await world.holder({ scopes: ['styles:write'], note: 'other' });
  const temporary = await world.temporary(used, ['styles:write']);
  const use = {
    kind: 'allowed',
    outcome: 'allowed',
    service: 'maps',
    origin: 'shop.example',
    client: 'x',
  } as const;
  const row = { ...use, token: used.token.id, account: used.account.name, at: world.clock.now };
  await world.deps.store.noteUses([row]);
  const preview = succeeded(await revoke({ filter: { search: 'JOB' } }, { dryRun: true })).value;
  expect(preview.rows.map(({ note }) => note).sort()).toEqual(['job 1', 'job 2']);
  expect(preview).toMatchObject({ temporary: 1, uses: [row], more: false, skipped: [] });
  for (const { token } of [used, idle, temporary]) expect(await statusOf(token.id)).toBe('active');

  const { value, revision } = succeeded(await revoke({ filter: { search: 'job' } }, { expected: 2 }));
  expect(value.rows).toHaveLength(2);
  expect(revision).toBeGreaterThan(0);
  for (const { token } of [used, idle, temporary]) expect(await statusOf(token.id)).toBe('revoked');
});

test('where another number fits than was seen, nothing is revoked', async () => {
  const one = await world.holder({ scopes: ['styles:write'], note: 'job' });
  const refused = refusal(await revoke({ filter: { search: 'job' } }, { expected: 2 }));
  expect(refused).toMatchObject({ code: 'selection_changed', field: 'expected' });
  expect(await statusOf(one.token.id)).toBe('active');
});

test("a filter never takes the default token nor the caller's own, ids do", async () => {
  const everything = succeeded(await revoke({ filter: { usages: ['pk', 'sk', 'tk'] } }, { dryRun: true }));
  expect(everything.value.rows).toEqual([]);
  const { rows } = await world.deps.store.tokens({
    ...{
      account: world.acme.account.name,
      usages: ['pk'],
      statuses: ['active'],
      expiry: null,
      isDefault: true,
    },
    ...{ scope: null, search: null, unusedSince: null, isExposed: null, isAnywhere: null },
    ...{ sortBy: 'created', after: null, limit: 5 },
  });
  const [standard] = rows;
  succeeded(await revoke({ ids: [standard?.id ?? ''] }));
  const all = await world.deps.store.change((changes) => changes.defaultToken(world.acme.account.name));
  expect(all.value).toMatchObject({ replaces: standard?.id, isDefault: true, status: 'active' });
});

test('ids of other accounts are skipped like random ones, revoked ones are told', async () => {
  const rival = await world.customer('rival');
  const mine = await world.holder({ scopes: ['styles:write'] });
  const ids = [rival.token.id, `${mine.token.id.slice(0, -3)}zzz`, 'nonsense', mine.token.id, mine.token.id];
  const { value } = succeeded(await revoke({ ids }));
  expect(value.rows.map(({ id }) => id)).toEqual([mine.token.id]);
  expect(value.skipped.map(({ code }) => code)).toEqual(Array(3).fill('token_not_found'));
  expect(await statusOf(rival.token.id)).toBe('active');
  const again = succeeded(await revoke({ ids: [mine.token.id] })).value;
  expect(again).toMatchObject({ rows: [], skipped: [{ id: mine.token.id, code: 'token_revoked' }] });
});

test('both tokens of a rotation fall together, and the rotation with them', async () => {
  const old = await world.holder({ scopes: ['styles:write'] });
  const rotated = succeeded(
    await rotateToken(world.deps, world.acme, { account: 'acme', id: old.token.id }),
  ).value;
  succeeded(await revoke({ ids: [old.token.id, rotated.token.id] }));
  expect(await statusOf(old.token.id)).toBe('revoked');
  expect(await statusOf(rotated.token.id)).toBe('revoked');
  expect(await world.deps.store.rotationUnderway(old.token.id)).toBeUndefined();
});

test('unused for days means made before and not let in since, over more tokens than share a transaction', async () => {
  for (let n = 0; n < 120; n += 1) {
    succeeded(await createToken(world.deps, world.acme, { account: 'acme', scopes: ['styles:write'] }));
  }
  world.clock.now += 31 * DAY_MS;
  const young = await world.holder({ scopes: ['styles:write'] });
  const { value } = succeeded(await revoke({ filter: { unusedDays: 30 } }));
  expect(value.rows).toHaveLength(120);
  expect(await statusOf(young.token.id)).toBe('active');
});

test('needs tokens:write, and for a dry run tokens:read', async () => {
  const reader = await world.holder({ scopes: ['tokens:read'] });
  const lacking = refusal(await revoke({ filter: { usages: ['sk'] } }, {}, reader));
  expect(lacking).toMatchObject({ code: 'insufficient_scope', scope: 'tokens:write' });
  succeeded(await revoke({ filter: { usages: ['sk'] } }, { dryRun: true }, reader));
});
