import { type Role, STEP_UP_CLASSES, type StepUpClass } from '@latchkey/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '../accounts/create-account.ts';
import { resumeAccount } from '../accounts/resume-account.ts';
import { suspendAccount } from '../accounts/suspend-account.ts';
import { listAudit } from '../audit/list-audit.ts';
import { changeRotation } from '../rotation/change-rotation.ts';
import { rotateToken } from '../rotation/rotate-token.ts';
import { undoRotation } from '../rotation/undo-rotation.ts';
import type { Caller, MemberCaller, TokenCaller } from './caller.ts';
import { createToken } from './create-token.ts';
import { getToken } from './get-token.ts';
import { revokeToken } from './revoke-token.ts';
import { revokeTokens } from './revoke-tokens.ts';
import { openWorld, refusal, succeeded, type World } from './testing/world.ts';
import { updateToken } from './update-token.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const secretBy = (by: Caller, scopes = ['styles:write']) =>
  createToken(world.deps, by, { account: by.account.name, scopes });

/** Every act that makes a secret or gives more, on a token that is there for it alone, and the class of step-up that it wants. */
const ACTS: readonly {
  readonly what: string;
  readonly wants: StepUpClass | undefined;
  readonly of?: 'root';
  act(by: MemberCaller, spare: TokenCaller): Promise<ReturnType<typeof outcomeOf>>;
}[] = [
  { what: 'making a secret token', wants: 'secrets', act: async (by) => outcomeOf(await secretBy(by)) },
  {
    what: 'making a public token',
    wants: undefined,
    act: async (by) => outcomeOf(await secretBy(by, ['styles:read'])),
  },
  {
    what: 'rotating a secret token',
    wants: 'secrets',
    act: async (by, { token }) =>
      outcomeOf(await rotateToken(world.deps, by, { account: 'acme', id: token.id, graceMs: 0 })),
  },
  {
    what: 'adding a scope',
    wants: 'widening',
    act: (by, spare) => update(by, spare, { scopes: ['styles:write', 'styles:list'] }),
  },
  {
    what: 'lifting a restriction of URLs',
    wants: 'widening',
    act: (by, spare) => update(by, spare, { allowedUrls: null }),
  },
  {
    what: 'adding a URL',
    wants: 'widening',
    act: (by, spare) => update(by, spare, { allowedUrls: ['a.example', 'b.example'] }),
  },
  { what: 'lifting the expiry', wants: 'widening', act: (by, spare) => update(by, spare, { expires: null }) },
  {
    what: 'narrowing',
    wants: undefined,
    act: (by, spare) => update(by, spare, { allowedUrls: ['a.example/map'], note: 'narrow' }),
  },
  {
    what: 'undoing a rotation',
    wants: 'widening',
    act: async (by, spare) => {
      await rotated(spare);
      return outcomeOf(await undoRotation(world.deps, by, { account: 'acme', id: spare.token.id }));
    },
  },
  {
    what: 'putting a retirement off',
    wants: 'widening',
    act: async (by, spare) => {
      await rotated(spare);
      const later = { account: 'acme', id: spare.token.id, graceMs: 20 * 24 * 3600_000 };
      return outcomeOf(await changeRotation(world.deps, by, later));
    },
  },
  {
    what: 'retiring sooner',
    wants: undefined,
    act: async (by, spare) => {
      await rotated(spare);
      return outcomeOf(
        await changeRotation(world.deps, by, { account: 'acme', id: spare.token.id, graceMs: 1000 }),
      );
    },
  },
  {
    what: 'revoking one',
    wants: undefined,
    act: async (by, { token }) =>
      outcomeOf(await revokeToken(world.deps, by, { account: 'acme', id: token.id })),
  },
  {
    what: 'revoking many',
    wants: 'bulk',
    act: async (by, { token }) =>
      outcomeOf(
        await revokeTokens(world.deps, by, { selection: { ids: [token.id] }, limit: 9, dryRun: false }),
      ),
  },
  {
    what: 'making an account with its secret token',
    wants: 'secrets',
    of: 'root',
    act: async (by) => outcomeOf(await createAccount(world.deps, by, { name: `made-${++made}` })),
  },
  {
    what: 'resuming an account',
    wants: 'widening',
    of: 'root',
    act: async (by) => {
      const { account } = await world.customer(`asleep-${++made}`);
      succeeded(await suspendAccount(world.deps, world.operator, { name: account.name }));
      return outcomeOf(await resumeAccount(world.deps, by, { name: account.name }));
    },
  },
];
let made = 0;

function outcomeOf(
  outcome: Awaited<ReturnType<typeof getToken>> | { ok: true } | { ok: false; refusal: object },
) {
  return outcome.ok ? 'done' : outcome.refusal;
}

async function update(by: MemberCaller, { token }: TokenCaller, change: object) {
  return outcomeOf(await updateToken(world.deps, by, { account: 'acme', id: token.id, ...change }));
}

async function rotated({ token }: TokenCaller): Promise<void> {
  succeeded(await rotateToken(world.deps, world.acme, { account: 'acme', id: token.id }));
}

const spare = () =>
  world.holder({
    scopes: ['styles:write'],
    allowedUrls: ['a.example'],
    expires: world.clock.now + 24 * 3600_000,
  });

function owner(of: 'root' | undefined, stepUps?: readonly StepUpClass[]): Promise<MemberCaller> {
  return world.member('owner', stepUps, of === 'root' ? world.operator : world.acme);
}

describe.each(ACTS)('$what', ({ wants, of, act }) => {
  test(`is done by an owner who has proved it for ${wants ?? 'nothing'}`, async () => {
    expect(await act(await owner(of, wants === undefined ? [] : [wants]), await spare())).toBe('done');
  });

  test('is refused to who may not write, whatever they have proved', async () => {
    const scope = of === 'root' ? 'accounts:write' : 'tokens:write';
    const refused = { code: 'insufficient_scope', scope };
    const few = of === 'root' ? world.operator : world.acme;
    const viewer = await world.member('viewer', STEP_UP_CLASSES, few);
    expect(await act(viewer, await spare())).toMatchObject(refused);
    if (of !== 'root') return;
    expect(await act(await world.member('developer', STEP_UP_CLASSES, few), await spare())).toMatchObject(
      refused,
    );
    expect(await act(await world.member('owner', STEP_UP_CLASSES), await spare())).toMatchObject(refused);
  });
});

describe.each(ACTS.filter(({ wants }) => wants !== undefined))('$what', ({ wants, of, act }) => {
  test('is refused to an owner who has proved nothing, something else, or it long ago', async () => {
    const refused = { code: 'step_up_required', stepUp: wants };
    expect(await act(await owner(of), await spare())).toMatchObject(refused);
    const others = STEP_UP_CLASSES.filter((one) => one !== wants);
    expect(await act(await owner(of, others), await spare())).toMatchObject(refused);
    const late = await owner(of, STEP_UP_CLASSES);
    world.clock.now += 10 * 60_000;
    expect(await act(late, await spare())).toMatchObject(refused);
  });
});

describe('a member', () => {
  test('gives within the allowance of the account and no scope that is the operator\u2019s', async () => {
    const { account } = succeeded(
      await createAccount(world.deps, world.operator, {
        name: 'small',
        allowance: ['styles:read', 'uploads:write'],
      }),
    ).value;
    const small = { ...world.acme, account };
    const by = await world.member('owner', ['secrets'], small);
    expect(succeeded(await secretBy(by, ['uploads:write'])).value.token.scopes).toEqual(['uploads:write']);
    for (const scope of ['styles:write', 'accounts:write']) {
      expect(refusal(await secretBy(by, [scope]))).toMatchObject({ code: 'scopes_invalid', field: 'scopes' });
    }
  });

  test.each(['developer', 'admin'] as const)(
    'who is %s of the operator gives operator-only scopes by role',
    async (role) => {
      const by = await world.member(role, ['secrets'], world.operator);
      const outcome = await secretBy(by, ['accounts:write']);
      if (role === 'admin') succeeded(outcome);
      else expect(refusal(outcome).detail).toContain('The role developer cannot give this in this account.');
    },
  );

  test('is who the audit log names', async () => {
    const by = await world.member('developer', ['secrets']);
    const { token } = succeeded(await secretBy(by)).value;
    const { rows } = succeeded(await listAudit(world.deps, by, { subject: token.id, limit: 5 })).value;
    expect(rows.map(({ actor }) => actor)).toEqual([
      { kind: 'member', person: by.person.id, name: by.person.name, account: 'acme' },
    ]);
  });

  test("is told nothing of another account's token", async () => {
    const rival = await world.customer(`rival-${++made}`);
    const by = await world.member('owner');
    for (const id of [rival.token.id, 'c0123456789abcdefghijklmn']) {
      expect(refusal(await getToken(world.deps, by, { account: 'acme', id })).code).toBe('token_not_found');
    }
    expect(
      refusal(await getToken(world.deps, by, { account: rival.account.name, id: rival.token.id })).code,
    ).toBe('account_not_found');
  });

  test.each([
    ['another role', 'viewer', 'insufficient_scope'],
    ['no membership', undefined, 'unauthorized'],
  ] as const)('with %s since the door looked is judged by that', async (_, role: Role | undefined, code) => {
    const by = await world.member('developer', ['secrets']);
    const { account, person } = by;
    await world.deps.store.change(async (changes) => {
      if (role === undefined) changes.dropMember(account.name, person.id);
      else changes.putMember({ account: account.name, person: person.id, role, createdAt: 1, modifiedAt: 1 });
    });
    const before = await world.deps.store.auditRows({
      account: null,
      subject: null,
      action: null,
      before: null,
      limit: 1,
    });
    expect(refusal(await secretBy(by)).code).toBe(code);
    expect(
      await world.deps.store.auditRows({
        account: null,
        subject: null,
        action: null,
        before: null,
        limit: 1,
      }),
    ).toEqual(before);
  });

  test('of a suspended account changes nothing', async () => {
    const napping = await world.customer(`napping-${++made}`);
    const by = await world.member('owner', ['secrets'], napping);
    succeeded(await suspendAccount(world.deps, world.operator, { name: napping.account.name }));
    expect(refusal(await secretBy(by)).code).toBe('account_suspended');
  });

  test('has an idempotency key of their own', async () => {
    const [one, other] = [await world.member('owner', ['secrets']), await world.member('owner', ['secrets'])];
    const make = (by: MemberCaller) =>
      createToken(world.deps, by, { account: 'acme', scopes: ['styles:write'], idempotencyKey: 'the-key' });
    const first = succeeded(await make(one)).value;
    expect(succeeded(await make(one)).value).toMatchObject({ replayed: true, token: { id: first.token.id } });
    expect(refusal(await make(other)).code).toBe('idempotency_key_reused');
  });
});
