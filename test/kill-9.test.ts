import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditLine, readAudit } from './testing/audit.ts';
import { call, field, listOf, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { seeded } from './testing/seeded.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { startWriteLoad, type Wish, type WriteLoad, type WrittenToken } from './testing/write-load.ts';

const SEED = 20261123;
/** `KILLS=200` takes some minutes. */
const KILLS = Number(process.env.KILLS ?? 50);
const WRITERS = 8;

let latchkey: Latchkey;
const writers: TestAccount[] = [];
const written: WrittenToken[] = [];
const accounts: TestAccount[] = [];

beforeAll(async () => {
  latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
  for (let n = 0; n < WRITERS; n += 1) writers.push(await makeAccount(latchkey, `writer-${n}`));
});
afterAll(() => latchkey?.stop());

type Seen = Wish | 'missing';

/** The state of tokens as the Tokens API tells it: what is listed, and the verdict over the text of all others. */
async function look(tokens: readonly WrittenToken[]): Promise<Map<WrittenToken, Seen>> {
  const listed = new Map<string, Wish>();
  for (const account of new Set(tokens.map((token) => token.account))) {
    let url: string | undefined = `${latchkey.url}/tokens/v2/${account.name}?limit=500`;
    while (url !== undefined) {
      const page = await call(url, { token: account.token });
      expect(page.status, page.text).toBe(200);
      for (const row of listOf(page.body)) {
        const scopes = listOf(field(row, 'scopes')).map(String);
        listed.set(textField(row, 'id'), { note: String(field(row, 'note')), scopes, revoked: false });
      }
      url = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
  }
  const seen = new Map<WrittenToken, Seen>();
  for (const token of tokens) {
    const verdict = await call(`${latchkey.url}/tokens/v2?access_token=${token.text}`);
    const code = field(verdict.body, 'code');
    const row = listed.get(token.id);
    if (code === 'TokenValid' && row !== undefined) seen.set(token, row);
    else if (code === 'TokenRevoked' && row === undefined)
      seen.set(token, { ...lastOf(token), revoked: true });
    else seen.set(token, 'missing');
  }
  return seen;
}

function lastOf(token: WrittenToken): Wish {
  const last = token.acknowledged.at(-1);
  if (last === undefined) throw new TypeError('a token without a state');
  return last;
}

/** Every acknowledged state stands, or the one that was underway does; what is found becomes the acknowledged one. */
async function expectNothingLost(tokens: readonly WrittenToken[]): Promise<void> {
  for (const [token, seen] of await look(tokens)) {
    const last = lastOf(token);
    const possible: Seen[] = token.underway === undefined ? [last] : [last, token.underway];
    expect(possible, `token ${token.id}`).toContainEqual(seen);
    if (seen !== 'missing' && token.underway !== undefined && sameState(seen, token.underway))
      token.acknowledged.push(token.underway);
    token.underway = undefined;
  }
}

const sameState = (a: Wish, b: Wish) => JSON.stringify(a) === JSON.stringify(b);

/** Audit rows are numbered without a gap, hold a row for each acknowledged write, and end in the state that is. */
async function expectAuditAgrees(): Promise<void> {
  const rows = await readAudit(latchkey);
  expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, index) => index + 1));
  const bySubject = new Map<string, AuditLine[]>();
  for (const row of rows) bySubject.set(row.subject, [...(bySubject.get(row.subject) ?? []), row]);
  for (const token of written) {
    const own = bySubject.get(token.id) ?? [];
    const expected = token.acknowledged.map((wish, index) => ({
      action: index === 0 ? 'token.create' : wish.revoked ? 'token.revoke' : 'token.update',
      note: wish.note,
    }));
    expect(own.map((row) => ({ action: row.action, note: field(row.after, 'note') }))).toEqual(expected);
    const last = own.at(-1)?.after;
    expect(last).toMatchObject({
      scopes: lastOf(token).scopes,
      status: lastOf(token).revoked ? 'revoked' : 'active',
    });
  }
  for (const account of accounts) {
    expect(bySubject.get(account.name)?.map((row) => row.action)).toEqual(['account.create']);
  }
}

/** Whatever is stored, whether acknowledged or not, is what the audit last said. */
async function expectStateIsAudited(): Promise<void> {
  const last = new Map((await readAudit(latchkey)).map((row) => [row.subject, row]));
  for (const account of [...writers, ...accounts]) {
    let url: string | undefined = `${latchkey.url}/tokens/v2/${account.name}?limit=500`;
    while (url !== undefined) {
      const page = await call(url, { token: account.token });
      for (const row of listOf(page.body)) {
        expect(last.get(textField(row, 'id'))?.after).toMatchObject({
          note: field(row, 'note'),
          scopes: field(row, 'scopes'),
          status: 'active',
        });
      }
      url = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
  }
}

/** Lets all writers write until `point` writes are acknowledged, then kills the server in the middle of the others. */
async function writeAndKill(round: string, seed: number, point: number): Promise<WriteLoad> {
  let reached: () => void = () => {};
  const at = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const load = startWriteLoad(latchkey, {
    writers: WRITERS,
    seed,
    prefix: round,
    accounts: writers,
    onAcknowledged: (count) => {
      if (count === point) reached();
    },
  });
  await Promise.race([at, load.over]);
  await latchkey.kill();
  await load.over;
  return load;
}

test(`after kill -9 at ${KILLS} random points of mixed writes nothing acknowledged is missing, and audit and state agree`, async () => {
  const random = seeded(SEED);
  for (let round = 0; round < KILLS; round += 1) {
    const load = await writeAndKill(`r${round}`, SEED + round, 2 + Math.floor(random() * 60));
    written.push(...load.tokens);
    accounts.push(...load.accounts);
    await latchkey.start();
    await expectNothingLost(load.tokens);
    for (const account of load.accounts) {
      const answer = await call(`${latchkey.url}/tokens/v2/${account.name}`, { token: account.token });
      expect(answer.status).toBe(200);
    }
  }
  expect(written.length).toBeGreaterThan(KILLS * 5);
  await expectNothingLost(written);
  await expectAuditAgrees();
  await expectStateIsAudited();
}, 900_000);

test('the same check notices acknowledged writes that are gone: those after a copy of the data was made', async () => {
  await latchkey.kill();
  const copy = await mkdtemp(join(tmpdir(), 'latchkey-copy-'));
  try {
    await cp(latchkey.dataDir, copy, { recursive: true });
    await latchkey.start();
    const load = await writeAndKill('lost', SEED + KILLS, 40);
    await rm(latchkey.dataDir, { recursive: true });
    await cp(copy, latchkey.dataDir, { recursive: true });
    await latchkey.start();
    expect(load.tokens.length).toBeGreaterThan(0);
    await expect(expectNothingLost(load.tokens)).rejects.toThrow('missing');
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});
