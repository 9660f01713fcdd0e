import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { call, field, listOf, textField } from './testing/call.ts';
import { revisionOf } from './testing/guarded-api.ts';
import { type LocalVerifier, makeVerifierToken, startLocalVerifier } from './testing/local-verifier.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { type SentEvent, startTamperingProxy, type TamperingProxy } from './testing/tampering-proxy.ts';
import { until } from './testing/until.ts';

// Every field of every record, spoilt in every way, on its way from a real server to a verifier: the token concerned is denied
// and not kept as wide as it was, the verifier goes on, and the operator reads at the server who could not read what, and why.

const SPOILT: Readonly<Record<string, unknown>> = {
  blank: '',
  null: null,
  'a negative number': -1,
  'an object': { kind: 'unknown' },
  huge: 'x'.repeat(200_000),
  'a huge number': 1e300,
  unknown: 'What is this?',
  absent: undefined,
};
const TOKEN_FIELDS = [
  'id',
  'digest',
  'account',
  'usage',
  'status',
  'scopes',
  'restrictions',
  'expires',
  'parent',
  'revision',
];
/** These may be null, and then say nothing wrong. */
const NULLABLE = ['expires', 'parent'];
const TOMBSTONE_FIELDS = ['id', 'digest', 'status', 'revision'];
const ACCOUNT_FIELDS = ['kind', 'account', 'status', 'revision'];

type Fields = Record<string, unknown>;

/** One thing that is wrong with one record. */
interface Case {
  readonly name: string;
  readonly spoil: (record: Fields) => Fields;
}

interface Target extends Case {
  readonly id: string;
  readonly token: string;
}

function casesOf(fields: readonly string[]): Case[] {
  return fields.flatMap((name) =>
    Object.entries(SPOILT)
      .filter(([how]) => !(how === 'null' && NULLABLE.includes(name)))
      .map(([how, value]) => ({
        name: `${name} is ${how}`,
        spoil: (record) => ({ ...record, [name]: value }),
      })),
  );
}

const BOTH_NAMES: readonly Case[] = Object.entries(SPOILT).map(([how, value]) => ({
  name: `id and digest are ${how}`,
  spoil: (record) => ({ ...record, id: value, digest: value }),
}));
/** What reads, and yet denies: the restriction is named. */
const UNKNOWN_RESTRICTIONS: readonly Case[] = [
  [{ kind: 'moon-phase', phases: ['full'] }],
  [{ kind: 'urls', entries: '*' }],
  [{ kind: 'x'.repeat(100_000) }],
].map((restrictions, index) => ({
  name: `unknown restriction ${index}`,
  spoil: (record) => ({ ...record, restrictions }),
}));

let latchkey: Latchkey;
let acme: TestAccount;
let proxy: TamperingProxy;
const verifiers: LocalVerifier[] = [];

beforeAll(async () => {
  latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
  acme = await makeAccount(latchkey, 'acme');
  proxy = await startTamperingProxy(latchkey.url);
});
afterEach(async () => {
  proxy.onChange = (event) => event;
  proxy.onSnapshotLine = (line) => line;
  proxy.forgetsCursors = false;
  for (const one of verifiers.splice(0)) await one.close();
});
afterAll(async () => {
  await proxy?.close();
  await latchkey?.stop();
});

let started = 0;
async function follow(): Promise<LocalVerifier & { readonly name: string }> {
  started += 1;
  const name = `verifier-${started}`;
  const token = await makeVerifierToken(latchkey, name);
  // Little patience, because whoever cannot be named costs a snapshot each.
  const one = await startLocalVerifier({ url: proxy.url, token, name, random: () => 0.01 });
  verifiers.push(one);
  return { ...one, name };
}

async function make(caller = acme): Promise<{ id: string; token: string; revision: number }> {
  const made = await call(`${latchkey.url}/tokens/v2/${caller.name}`, {
    method: 'POST',
    token: caller.token,
    body: { scopes: ['styles:read', 'fonts:read', 'uploads:list'] },
  });
  const revision = revisionOf(made.headers);
  return { id: textField(made.body, 'id'), token: textField(made.body, 'token'), revision };
}

/** A token for each case, which every verifier lets pass. */
async function targetsOf(cases: readonly Case[], known: readonly LocalVerifier[]): Promise<Target[]> {
  const targets = await Promise.all(cases.map(async (one) => ({ ...one, ...(await make()) })));
  for (const one of known) {
    await one.caughtUp(Math.max(...targets.map(({ revision }) => revision)));
    expect(targets.filter(({ token }) => one.ask(token) !== 'allow')).toEqual([]);
  }
  return targets;
}

async function change(method: 'PATCH' | 'DELETE', id: string, body?: object): Promise<number> {
  const url = `${latchkey.url}/tokens/v2/acme/${id}`;
  const answer = await call(url, { method, token: acme.token, ...(body === undefined ? {} : { body }) });
  expect(answer.status, answer.text).toBeLessThan(300);
  return revisionOf(answer.headers);
}

const narrow = (id: string) => change('PATCH', id, { scopes: ['fonts:read'] });
const stillWide = (verifier: LocalVerifier, targets: readonly { name: string; token: string }[]) =>
  targets.filter(({ token }) => verifier.ask(token) === 'allow').map(({ name }) => name);

/** The verifier lives: what is made now works there, and so everything before it has been applied. */
async function goesOn(verifier: LocalVerifier): Promise<void> {
  const { token } = await make();
  await until('a new token to work', () => (verifier.ask(token) === 'allow' ? true : undefined));
}

/** Spoils the change of each target. */
function spoilChanges(targets: readonly Target[]): void {
  const byId = new Map(targets.map((one) => [one.id, one]));
  proxy.onChange = ({ id, data }) => {
    const sent = JSON.parse(data) as { record: Fields };
    const target = byId.get(String(sent.record.id));
    return target === undefined
      ? { id, data }
      : { id, data: JSON.stringify({ ...sent, record: target.spoil(sent.record) }) };
  };
}

/** The mistake that all this guards against: a record that cannot be read is passed over. */
function passOver(ids: ReadonlySet<string>): void {
  proxy.onChange = ({ id, data }) => {
    const sent = JSON.parse(data) as { revision: number; record: Fields };
    if (!ids.has(String(sent.record.id))) return { id, data };
    const nobody = { kind: 'account', account: 'nobody-at-all', status: 'active', revision: sent.revision };
    return { id, data: JSON.stringify({ ...sent, record: nobody }) };
  };
}

interface Rejected {
  readonly revision: number | null;
  readonly id: string | null;
  readonly reason: string;
}

/** What the server tells people that this verifier could not read. */
async function rejectedBy(name: string): Promise<readonly Rejected[]> {
  const { body } = await call(`${latchkey.url}/v1/verifiers`, { token: latchkey.operatorToken });
  const mine = listOf(field(body, 'verifiers')).find((one) => field(one, 'name') === name);
  return listOf(field(mine, 'rejected')).map((one) => ({
    revision: field(one, 'revision') === null ? null : Number(field(one, 'revision')),
    id: field(one, 'id') === null ? null : String(field(one, 'id')),
    reason: textField(one, 'reason'),
  }));
}

async function untilReported(name: string, revision: number): Promise<Rejected> {
  return until(`${name} to report revision ${revision}`, async () =>
    (await rejectedBy(name)).find((one) => one.revision === revision),
  );
}

describe('a change whose record cannot be read', () => {
  test.each(TOKEN_FIELDS)(
    'because of its %s denies the token, and the operator reads where and why',
    async (name) => {
      const verifier = await follow();
      const targets = await targetsOf(casesOf([name]), [verifier]);
      spoilChanges(targets);
      const revisions = await Promise.all(targets.map(({ id }) => narrow(id)));
      await goesOn(verifier);
      expect(stillWide(verifier, targets)).toEqual([]);
      for (const [index, revision] of revisions.entries()) {
        const { id, reason } = await untilReported(verifier.name, revision);
        if (name !== 'id') expect(id).toBe(targets[index]?.id);
        expect(reason.length).toBeGreaterThan(10);
      }
    },
  );

  test('denies the token where neither of its names reads: a snapshot is fetched', async () => {
    const verifier = await follow();
    const targets = await targetsOf(BOTH_NAMES, [verifier]);
    const before = proxy.snapshots;
    spoilChanges(targets);
    for (const { id } of targets) await narrow(id);
    await goesOn(verifier);
    expect(stillWide(verifier, targets)).toEqual([]);
    expect(proxy.snapshots).toBeGreaterThan(before);
    await until('the report', async () =>
      (await rejectedBy(verifier.name)).find(({ id, reason }) => id === null && reason.includes('id')),
    );
  });

  test('denies by name where it reads but holds a restriction that is unknown', async () => {
    const verifier = await follow();
    const targets = await targetsOf(UNKNOWN_RESTRICTIONS, [verifier]);
    spoilChanges(targets);
    for (const { id } of targets) {
      const { reason } = await untilReported(verifier.name, await narrow(id));
      expect(reason).toMatch(
        /^a restriction is not supported: ("moon-phase"|urls, which does not read|"x+\.\.\.")$/,
      );
    }
    await goesOn(verifier);
    expect(targets.map(({ token }) => verifier.ask(token))).toEqual(
      targets.map(() => 'unsupported_restriction'),
    );
  });

  test('revokes all the same where it was a tombstone', async () => {
    const verifier = await follow();
    const targets = await targetsOf([...casesOf(TOMBSTONE_FIELDS), ...BOTH_NAMES], [verifier]);
    spoilChanges(targets);
    await Promise.all(targets.map(({ id }) => change('DELETE', id)));
    await goesOn(verifier);
    expect(stillWide(verifier, targets)).toEqual([]);
  });

  test('lets the account rest where it was a suspension', async () => {
    const verifier = await follow();
    const cases = casesOf(ACCOUNT_FIELDS);
    const accounts = await Promise.all(
      cases.map(async (one, index) => ({
        ...one,
        ...(await makeAccount(latchkey, `rests-${index}`)),
        case: one,
      })),
    );
    await goesOn(verifier);
    expect(accounts.filter(({ token }) => verifier.ask(token) !== 'allow')).toEqual([]);
    const byName = new Map(accounts.map((one) => [one.name, one.case]));
    proxy.onChange = ({ id, data }) => {
      const sent = JSON.parse(data) as { record: Fields };
      const spoilt = sent.record.kind === 'account' ? byName.get(String(sent.record.account)) : undefined;
      return spoilt === undefined
        ? { id, data }
        : { id, data: JSON.stringify({ ...sent, record: spoilt.spoil(sent.record) }) };
    };
    for (const { name } of accounts) {
      const url = `${latchkey.url}/v1/accounts/${name}/suspend`;
      expect((await call(url, { method: 'POST', token: latchkey.operatorToken })).status).toBe(200);
    }
    await goesOn(verifier);
    expect(stillWide(verifier, accounts)).toEqual([]);
  });

  test('changes nothing for the better where what is around the record is spoilt', async () => {
    const verifier = await follow();
    const spoilers = ['revision', 'record', 'data', 'id'].flatMap((name) =>
      Object.values(SPOILT).map((value) => ({ name, spoil: (record: Fields) => record, value })),
    );
    const targets = await targetsOf(spoilers, [verifier]);
    const byId = new Map(targets.map((one, index) => [one.id, spoilers[index]]));
    proxy.onChange = (event) => {
      const sent = JSON.parse(event.data) as Fields & { record: Fields };
      const spoiler = byId.get(String(sent.record.id));
      return spoiler === undefined ? event : spoilAround(event, sent, spoiler);
    };
    for (const { id } of targets) await narrow(id);
    await goesOn(verifier);
    expect(stillWide(verifier, targets)).toEqual([]);
  });

  test('would leave the token as wide as it was, were it passed over: the mutant', async () => {
    const verifier = await follow();
    const targets = await targetsOf(casesOf(['scopes']), [verifier]);
    passOver(new Set(targets.map(({ id }) => id)));
    for (const { id } of targets) await narrow(id);
    await goesOn(verifier);
    expect(stillWide(verifier, targets)).toEqual(targets.map(({ name }) => name));
    expect(await rejectedBy(verifier.name)).toEqual([]);
  });
});

describe('a snapshot with records that cannot be read', () => {
  test('gives none of their tokens to a verifier that starts, and takes them from one that knew them', async () => {
    const knowing = await follow();
    const cases = [...casesOf(TOKEN_FIELDS), ...BOTH_NAMES, ...UNKNOWN_RESTRICTIONS];
    const targets = await targetsOf(cases, [knowing]);
    const byId = new Map(targets.map((one) => [one.id, one]));
    // A known restriction that does not read is not looked for among a million records: its token is denied, and says why.
    const reported = targets.length - 1;
    passOver(new Set(byId.keys()));
    await Promise.all(targets.map(({ id }) => narrow(id)));
    await goesOn(knowing);
    expect(stillWide(knowing, targets)).toHaveLength(targets.length);

    proxy.onChange = (event) => event;
    proxy.onSnapshotLine = (line) => {
      const record = JSON.parse(line) as Fields;
      const target = byId.get(String(record.id));
      return target === undefined
        ? line
        : JSON.stringify(target.spoil({ ...record, scopes: ['styles:read'] }));
    };
    proxy.forgetsCursors = true;
    const before = proxy.snapshots;
    proxy.endStreams();
    await until('the snapshot to be fetched', () => (proxy.snapshots > before ? true : undefined));
    const starting = follow();
    await until('the other snapshot to be fetched', () => (proxy.snapshots > before + 1 ? true : undefined));
    proxy.forgetsCursors = false;
    for (const verifier of [knowing, await starting]) {
      await goesOn(verifier);
      expect(stillWide(verifier, targets)).toEqual([]);
      expect(verifier.verifier.status().rejected.count).toBeGreaterThanOrEqual(reported);
      const lines = await until('the report to be whole', async () => {
        const rejected = await rejectedBy(verifier.name);
        return rejected.length >= Math.min(100, reported) ? rejected : undefined;
      });
      expect(lines.filter(({ reason }) => !reason.includes('snapshot'))).toEqual([]);
    }
  });
});

/** The change event with its cursor, its revision, its record or the whole of its data replaced. */
function spoilAround(
  { id, data }: SentEvent,
  sent: Fields,
  { name, value }: { readonly name: string; readonly value: unknown },
): SentEvent {
  const shown = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  if (name === 'id') return { id: shown, data };
  if (name === 'data') return { id, data: shown };
  return { id, data: JSON.stringify({ ...sent, [name]: value }) };
}
