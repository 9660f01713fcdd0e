import { parseRecord } from '@latchkey/wire/feed';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entry } from '../store/testing/sample-rows.ts';
import type { TokenCaller } from './caller.ts';
import { createTemporaryToken } from './create-temporary-token.ts';
import { createToken } from './create-token.ts';
import { revokeToken } from './revoke-token.ts';
import { HOUR_MS, openWorld, type World } from './testing/world.ts';
import { updateToken } from './update-token.ts';

const SCHEDULES = 10_000;
/** So many schedules run side by side, so that their works share commits. */
const TOGETHER = 200;
const SEED = 20_261_123;

type Act = (world: World, target: TokenCaller) => Promise<unknown>;

const account = 'acme';
const input = { account, scopes: ['tokens:write'] };

const ACTS = {
  revoke: ({ deps, acme }, { token }) => revokeToken(deps, acme, { account, id: token.id }),
  revokeItself: ({ deps }, target) => revokeToken(deps, target, { account, id: target.token.id }),
  widen: ({ deps, acme }, { token }) =>
    updateToken(deps, acme, { account, id: token.id, scopes: ['tokens:write', 'styles:read', 'fonts:read'] }),
  narrow: ({ deps, acme }, { token }) => updateToken(deps, acme, { account, id: token.id, scopes: [] }),
  note: ({ deps, acme }, { token }) => updateToken(deps, acme, { account, id: token.id, note: 'n' }),
  create: ({ deps }, target) => createToken(deps, target, input),
  temporary: ({ deps, clock }, target) =>
    createTemporaryToken(deps, target, { ...input, expires: clock.now + HOUR_MS / 2 }),
} as const satisfies Readonly<Record<string, Act>>;

interface Schedule {
  readonly acts: readonly (keyof typeof ACTS)[];
  /** How many turns of the event loop each act waits before it is sent. */
  readonly turns: readonly number[];
}

const schedule: fc.Arbitrary<Schedule> = fc.record({
  acts: fc
    .shuffledSubarray(['widen', 'narrow', 'note', 'create', 'temporary', 'revokeItself'] as const, {
      minLength: 2,
    })
    .chain((others) => fc.shuffledSubarray(['revoke', ...others] as const, { minLength: others.length + 1 })),
  turns: fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }),
});

async function turn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

async function play(
  world: World,
  { acts, turns }: Schedule,
  over: Partial<Record<string, Act>>,
): Promise<void> {
  const target = await world.holder({ scopes: ['tokens:write'] });
  await Promise.all(
    acts.map(async (name, index) => {
      for (let wait = turns[index] ?? 0; wait > 0; wait -= 1) await turn();
      await (over[name] ?? ACTS[name])(world, target);
    }),
  );
}

/** What was told to verifiers, in order: ids that were live again after their end, or outlived the token that made them. */
async function revivedIn({ deps }: World): Promise<{ revived: string[]; ended: number; children: number }> {
  const ended = new Set<string>();
  const live = new Map<string, string>();
  const revived: string[] = [];
  let children = 0;
  for (let after = 0; ; ) {
    const rows = await deps.store.changesAfter(after, 5000);
    for (const { record } of rows) {
      const parsed = parseRecord(JSON.parse(record));
      if (!parsed.ok || 'kind' in parsed.record) continue;
      const { id } = parsed.record;
      if (parsed.record.status === 'revoked') {
        ended.add(id);
        live.delete(id);
        continue;
      }
      const { parent } = parsed.record;
      if (parent !== null) {
        children += 1;
        live.set(id, parent);
      }
      if (ended.has(id) || (parent !== null && ended.has(parent))) revived.push(id);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.revision;
  }
  for (const [id, parent] of live) if (ended.has(parent)) revived.push(id);
  return { revived, ended: ended.size, children };
}

async function run(count: number, over: Partial<Record<string, Act>> = {}) {
  const world = await openWorld();
  try {
    const schedules = fc.sample(schedule, { numRuns: count, seed: SEED });
    for (let at = 0; at < schedules.length; at += TOGETHER) {
      await Promise.all(schedules.slice(at, at + TOGETHER).map((one) => play(world, one, over)));
    }
    return await revivedIn(world);
  } finally {
    await world.close();
  }
}

test(`in ${SCHEDULES} seeded schedules of revoke beside update and create, nothing revoked is ever live again`, async () => {
  const { revived, ended, children } = await run(SCHEDULES);
  expect(revived).toEqual([]);
  expect(ended).toBeGreaterThanOrEqual(SCHEDULES);
  // The races are real: many temporary tokens were made before their maker ended.
  expect(children).toBeGreaterThan(SCHEDULES / 20);
}, 240_000);

test('the same schedules find an update that writes what it read before its transaction: the mutant', async () => {
  const stale: Act = async ({ deps }, { token }) => {
    const row = await deps.store.token(token.id);
    await turn();
    if (row?.status !== 'active') return;
    await deps.store.change(async (changes) => {
      changes.putToken({ ...row, note: 'stale' });
      changes.audit(entry(row.account, row.id, 'token.update'));
    });
  };
  expect((await run(TOGETHER, { note: stale })).revived).not.toEqual([]);
});

test('the same schedules find a temporary token that is made without asking whether its maker lives: the mutant', async () => {
  const unasked: Act = async (world, { token }) => {
    const { token: other } = await world.temporary(world.acme, []);
    await world.deps.store.change(async (changes) => {
      changes.putToken({ ...other, parent: token.id });
      changes.audit(entry(other.account, other.id, 'token.update'));
    });
  };
  expect((await run(TOGETHER, { temporary: unasked })).revived).not.toEqual([]);
});
