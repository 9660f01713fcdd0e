import type { Grant } from '@latchkey/core';
import { contains } from '@latchkey/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resumeAccount } from '../accounts/resume-account.ts';
import { suspendAccount } from '../accounts/suspend-account.ts';
import type { AuditRow } from '../store/rows.ts';
import type { TokenCaller } from './caller.ts';
import { createTemporaryToken } from './create-temporary-token.ts';
import { createToken } from './create-token.ts';
import { revokeToken } from './revoke-token.ts';
import { HOUR_MS, openWorld, refusal, type World } from './testing/world.ts';
import { updateToken } from './update-token.ts';

const ALL = ['tokens:write', 'styles:read', 'fonts:read', 'styles:write'];
const SETS = [ALL, ALL.slice(0, 3), ALL.slice(0, 2), ALL.slice(0, 1), ['styles:read']];
const URLS = [null, ['a.example', 'b.example'], ['a.example']];

type Step = {
  readonly kind: 'create' | 'temporary' | 'update' | 'revoke' | 'suspend' | 'resume';
  readonly by: number;
  readonly of: number;
  readonly set: number;
  readonly urls: number;
  /** False: the next step is sent before this one is answered. */
  readonly waits: boolean;
};

function weighted(weights: Record<Step['kind'], number>): fc.Arbitrary<Step['kind']> {
  const kinds = ['create', 'temporary', 'update', 'revoke', 'suspend', 'resume'] as const;
  return fc.oneof(...kinds.map((kind) => ({ weight: weights[kind], arbitrary: fc.constant(kind) })));
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: weighted({ create: 2, temporary: 5, update: 3, revoke: 3, suspend: 1, resume: 3 }),
  by: fc.nat(8),
  of: fc.nat(8),
  set: fc.nat(SETS.length - 1),
  urls: fc.nat(URLS.length - 1),
  waits: fc.boolean(),
});

describe('however revocations, narrowings and creations cross', () => {
  test('the audit log tells a history in which nobody gave what they lacked at that moment', async () => {
    const world = await openWorld();
    let customers = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const owner = await world.customer(`customer-${++customers}`);
        await play(world, owner, steps);
        replay(await wholeAudit(world, owner));
        await expectNoOrphans(world, owner);
      }),
      { numRuns: 60 },
    );
    await world.close();
  });

  test.each([
    [
      'create',
      (world: World, by: TokenCaller) => createToken(world.deps, by, { account: 'acme', scopes: [] }),
    ],
    [
      'temporary',
      (world: World, by: TokenCaller) =>
        createTemporaryToken(world.deps, by, {
          account: 'acme',
          scopes: [],
          expires: world.clock.now + HOUR_MS,
        }),
    ],
    [
      'update',
      (world: World, by: TokenCaller) =>
        updateToken(world.deps, by, { account: 'acme', id: by.token.id, note: 'x' }),
    ],
    [
      'revoke',
      (world: World, by: TokenCaller) => revokeToken(world.deps, by, { account: 'acme', id: by.token.id }),
    ],
  ])('a %s that commits after the revocation of its caller does nothing', async (_name, act) => {
    const world = await openWorld();
    const caller = await world.holder({ scopes: ['tokens:write'] });
    const [revoked, late] = await Promise.all([
      revokeToken(world.deps, world.acme, { account: 'acme', id: caller.token.id }),
      act(world, caller),
    ]);
    expect(revoked.ok).toBe(true);
    expect(refusal(late)).toEqual({ code: 'unauthorized', detail: "The caller's token was revoked." });
    expect((await world.deps.store.head()).revision).toBe(revoked.ok ? revoked.revision : null);
    await world.close();
  });

  test('a caller whose account was suspended, whose scope was taken or whose time ran out since the door looked is refused', async () => {
    const world = await openWorld();
    const expires = world.clock.now + 1000;
    const create = (by: TokenCaller) => createToken(world.deps, by, { account: 'acme', scopes: [], expires });
    const caller = await world.holder({ scopes: ['tokens:write', 'styles:read'], expires });

    await suspendAccount(world.deps, world.operator, { name: 'acme' });
    expect(refusal(await create(caller)).code).toBe('account_suspended');
    await resumeAccount(world.deps, world.operator, { name: 'acme' });
    expect((await create(caller)).ok).toBe(true);

    await updateToken(world.deps, world.acme, {
      account: 'acme',
      id: caller.token.id,
      scopes: ['styles:read'],
    });
    expect(refusal(await create(caller)).code).toBe('insufficient_scope');

    world.clock.now += 1000;
    expect(refusal(await create(caller))).toEqual({
      code: 'unauthorized',
      detail: "The caller's token has expired.",
    });
    await world.close();
  });

  test('a caller that was restricted to other places since the door looked has to come again', async () => {
    const world = await openWorld();
    const caller = await world.holder({ scopes: ['tokens:write'] });
    const { id } = caller.token;
    const input = { account: 'acme', scopes: [], allowedUrls: ['a.example'] };
    await updateToken(world.deps, world.acme, { account: 'acme', id, allowedUrls: ['a.example'] });
    expect(refusal(await createToken(world.deps, caller, input))).toMatchObject({ code: 'unauthorized' });
    const again = await world.callerOf(caller.text);
    await updateToken(world.deps, world.acme, {
      account: 'acme',
      id,
      allowedUrls: ['a.example', 'b.example'],
    });
    expect((await createToken(world.deps, again, input)).ok).toBe(true);
    await world.close();
  });
});

/** Callers are kept as the door saw them once, however old that is by the time they act. */
async function play(world: World, owner: TokenCaller, steps: readonly Step[]): Promise<void> {
  const callers: TokenCaller[] = [owner];
  const answers: Promise<unknown>[] = [];
  for (const one of steps) {
    const by = callers[one.by % callers.length] ?? owner;
    const of = callers[one.of % callers.length] ?? owner;
    const answer = take(world, owner, one, by, of).then(async (text) => {
      if (text !== null) callers.push(await world.callerOf(text));
    });
    answers.push(answer);
    if (one.waits) await answer;
  }
  await Promise.all(answers);
}

async function take(
  world: World,
  owner: TokenCaller,
  { kind, set, urls }: Step,
  by: TokenCaller,
  of: TokenCaller,
): Promise<string | null> {
  const { deps, clock, operator } = world;
  const account = owner.account.name;
  const scopes = SETS[set] ?? [];
  const allowedUrls = URLS[urls] ?? null;
  switch (kind) {
    case 'create': {
      const made = await createToken(deps, by, { account, scopes, allowedUrls });
      return made.ok && !made.value.replayed ? made.value.text : null;
    }
    case 'temporary': {
      const expires = clock.now + HOUR_MS / 2;
      const made = await createTemporaryToken(deps, by, { account, scopes, allowedUrls, expires });
      return made.ok && !made.value.replayed ? made.value.text : null;
    }
    case 'update':
      await updateToken(deps, by, { account, id: of.token.id, scopes, allowedUrls });
      return null;
    case 'revoke':
      if (of !== owner) await revokeToken(deps, by, { account, id: of.token.id });
      return null;
    case 'suspend':
      await suspendAccount(deps, operator, { name: account });
      return null;
    case 'resume':
      await resumeAccount(deps, operator, { name: account });
      return null;
  }
}

async function wholeAudit({ deps }: World, { account }: TokenCaller): Promise<readonly AuditRow[]> {
  const rows = await deps.store.auditRows({
    account: account.name,
    subject: null,
    action: null,
    before: null,
    limit: 10_000,
  });
  return rows.toReversed();
}

type Told = Grant & { readonly status: string; readonly parent: string | null };

function replay(rows: readonly AuditRow[]): void {
  const tokens = new Map<string, Told>();
  let suspended = false;
  let lead: { readonly actor: string; readonly of: string } | undefined;
  for (const row of rows) {
    if (row.action === 'account.suspend') suspended = true;
    if (row.action === 'account.resume') suspended = false;
    if (!row.action.startsWith('token.')) continue;
    // The log's own words for a token hold its whole grant.
    const after = row.after as unknown as Told;
    if (row.actor.kind === 'token' && row.actor.account === row.account) {
      const actor = tokens.get(row.actor.id);
      const before = tokens.get(row.subject);
      expect(suspended).toBe(false);
      // What ends or narrows a token takes its descendants along in the same breath, the actor perhaps among them.
      const isCascade =
        row.action === 'token.revoke' &&
        lead?.actor === row.actor.id &&
        descends(tokens, row.subject, lead.of);
      if (!isCascade) lead = { actor: row.actor.id, of: row.subject };
      if (!isCascade)
        expect([actor?.status, actor?.scopes]).toEqual(['active', expect.arrayContaining(['tokens:write'])]);
      if (row.action === 'token.create') expect(within(actor, after)).toBe(true);
      if (row.action === 'token.update') expect(within(before, after) || within(actor, after)).toBe(true);
    }
    tokens.set(row.subject, after);
  }
}

function descends(tokens: ReadonlyMap<string, Told>, id: string, ancestor: string): boolean {
  const parent = tokens.get(id)?.parent ?? null;
  return parent !== null && (parent === ancestor || descends(tokens, parent, ancestor));
}

function within(parent: Told | undefined, child: Told): boolean {
  return parent !== undefined && contains(parent, child).contained;
}

/** A temporary token that still works has a creator that still works and still contains it. */
async function expectNoOrphans({ deps }: World, owner: TokenCaller): Promise<void> {
  const account = owner.account.name;
  const { rows } = await deps.store.tokens({
    account,
    usages: ['tk'],
    statuses: ['active'],
    expiry: null,
    isDefault: null,
    scope: null,
    search: null,
    unusedSince: null,
    isExposed: null,
    isAnywhere: null,
    sortBy: 'created',
    after: null,
    limit: 500,
  });
  for (const row of rows) {
    const parent = row.parent && (await deps.store.token(row.parent));
    expect(parent).toMatchObject({ status: 'active' });
    expect(parent && contains(parent, row)).toEqual({ contained: true });
  }
}
