import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalogue, Role, StepUpClass } from '@latchkey/core';
import { defaultCatalogue } from '@latchkey/core';
import { createAccount } from '../../accounts/create-account.ts';
import { initInstallation } from '../../accounts/init-installation.ts';
import type { PersonId } from '../../store/people-rows.ts';
import { openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts';
import { entry } from '../../store/testing/sample-rows.ts';
import type { MemberCaller, TokenCaller } from '../caller.ts';
import { createTemporaryToken } from '../create-temporary-token.ts';
import { type CreateTokenInput, createToken } from '../create-token.ts';
import type { Deps } from '../deps.ts';
import type { Done, Outcome, Refused } from '../outcome.ts';

export const NOON = Date.parse('2026-11-23T12:00:00.000Z');
export const HOUR_MS = 3600 * 1000;

/** An installation with an operator `root` and a customer `acme`, on a store of its own, with a clock that tests set. */
export interface World {
  /** Over the store that is open now. */
  readonly deps: Deps;
  readonly clock: { now: number };
  readonly operator: TokenCaller;
  /** Holds every scope of acme. */
  readonly acme: TokenCaller;
  /** The caller that a door would make of this text now. */
  callerOf(text: string): Promise<TokenCaller>;
  /** Makes a token as acme and answers the caller that holds it. */
  holder(
    input: Partial<CreateTokenInput>,
    by?: TokenCaller,
  ): Promise<TokenCaller & { readonly text: string }>;
  /** Makes a temporary token that lives half an hour. */
  temporary(by: TokenCaller, scopes: readonly string[]): Promise<TokenCaller & { readonly text: string }>;
  /** Makes another customer and answers the caller that holds all its scopes. */
  customer(name: string): Promise<TokenCaller & { readonly text: string }>;
  /** Makes a person with this role in the caller's account, who has just shown again who they are for these classes of act. */
  member(role: Role, stepUps?: readonly StepUpClass[], of?: TokenCaller): Promise<MemberCaller>;
  /** Closes the store and opens it again, as a server does that is started again. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(catalogue: Catalogue = defaultCatalogue): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-world-'));
  const clock = { now: NOON };
  const now = () => clock.now;
  let deps: Deps = {
    store: await openSqliteStore({ folder, now }),
    now,
    randomBytes: countingBytes(),
    hash: (text) => hash('sha256', text, 'base64url'),
    catalogue,
    appSchemes: ['capacitor'],
  };

  let people = 0;

  async function callerOf(text: string): Promise<TokenCaller> {
    const found = await deps.store.tokenByDigest(deps.hash(text));
    if (found === undefined) throw new TypeError('no such token');
    return { kind: 'token', ...found, requestId: 'request-1' };
  }
  async function held(made: Outcome<{ readonly replayed: boolean; readonly text?: string | null }>) {
    const { value } = succeeded(made);
    if (typeof value.text !== 'string') throw new TypeError('the token was not made anew');
    return { ...(await callerOf(value.text)), text: value.text };
  }

  const installation = succeeded(
    await initInstallation(deps, { account: 'root', requestId: 'request-0' }),
  ).value;
  const operator = await callerOf(installation.text);
  const customer = async (name: string) => held(await createAccount(deps, operator, { name }));
  const acme = await customer('acme');
  return {
    get deps() {
      return deps;
    },
    clock,
    operator,
    acme,
    callerOf,
    customer,
    async holder(input, by = acme) {
      return held(await createToken(deps, by, { account: by.account.name, scopes: [], ...input }));
    },
    async temporary(by, scopes) {
      const input = { account: by.account.name, scopes, expires: clock.now + HOUR_MS / 2 };
      return held(await createTemporaryToken(deps, by, input));
    },
    async member(role, stepUps = [], of = acme) {
      people += 1;
      const id = `person-${people}` as PersonId;
      const { account } = of;
      const at = clock.now;
      const row = { id, email: `${id}@example.com`, name: `Person ${people}`, language: null } as const;
      const rest = {
        passwordHash: '-',
        emailVerifiedAt: at,
        secondFactor: null,
        createdAt: at,
        modifiedAt: at,
      };
      await deps.store.change(async (changes) => {
        changes.putPerson({ ...row, ...rest });
        changes.putMember({ account: account.name, person: id, role, createdAt: at, modifiedAt: at });
        changes.audit(entry(account.name, id, 'member.add'));
      });
      const session = `session of ${id}`;
      const until = at + 10 * 60_000;
      await deps.store.addSession({
        id: session,
        digest: session,
        person: id,
        state: 'signed_in',
        createdAt: at,
        seenAt: at,
        expiresAt: at + 30 * 24 * HOUR_MS,
        stepUps: Object.fromEntries(stepUps.map((one) => [one, until])),
        loneRevocations: [],
        passwordProof: '-',
        client: null,
      });
      return {
        kind: 'member',
        person: { id, name: row.name },
        role,
        account,
        session,
        stepUps: new Map(stepUps.map((one) => [one, until])),
        requestId: 'request-1',
      };
    },
    async restart() {
      await deps.store.close();
      deps = { ...deps, store: await openSqliteStore({ folder, now }) };
    },
    async close() {
      await deps.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The outcome's success, or a failed test that tells the refusal. */
export function succeeded<T>(outcome: Outcome<T>): Done<T> {
  if (!outcome.ok) throw new TypeError(`refused: ${outcome.refusal.code}: ${outcome.refusal.detail}`);
  return outcome;
}

/** Code and text of a refusal, or a failed test. */
export function refusal(outcome: Outcome<unknown>): Refused['refusal'] {
  if (outcome.ok) throw new TypeError('not refused');
  return outcome.refusal;
}

/** Unlike each other, and the same in each run. */
function countingBytes(): Deps['randomBytes'] {
  let calls = 0;
  return (count) => {
    calls += 1;
    const bytes = Buffer.from(hash('sha512', `bytes ${calls}`), 'hex');
    return new Uint8Array(bytes.subarray(0, count));
  };
}
