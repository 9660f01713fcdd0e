import { createHash } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser } from '../packages/server/src/http/testing/browser.ts';
import { codeOf } from '../packages/server/src/http/testing/one-time-code.ts';
import { createPasswordHashing } from '../packages/server/src/people/password-hashing.ts';
import { openServerKey } from '../packages/server/src/people/server-key.ts';
import { runProgram } from './testing/program.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';

const SESSION = '__Host-latchkey_session';
const DEVICE = '__Host-latchkey_device';
const EMAIL = 'ada@example.com';
const PASSWORD = 'violet harbour 27 lanterns';

let latchkey: Latchkey;
let owner: TestBrowser;
let recoveryCodes: readonly string[];
let uri: string;
let stolen: string;

beforeAll(async () => {
  latchkey = await startLatchkey();
  owner = openBrowser(latchkey.url);
  const token = /\/dashboard\/setup#([\w-]{43})/.exec(latchkey.log())?.[1];
  const person = { token, email: EMAIL, name: 'Ada', password: PASSWORD };
  expect((await owner.call('POST', '/v1/setup', person)).status).toBe(201);
  const factor = await owner.call('POST', '/v1/second-factor', { password: PASSWORD });
  ({ uri, recoveryCodes } = factor.json as { uri: string; recoveryCodes: string[] });
  await owner.call('POST', '/v1/second-factor/confirm', { code: codeOf(uri, Date.now()) });
  // Half a sign-in, a link to set a password anew, one to confirm the address: each lets somebody in or on.
  await openBrowser(latchkey.url).call('POST', '/v1/session', { email: EMAIL, password: PASSWORD });
  await owner.call('POST', '/v1/password/forgotten', { email: EMAIL });
  stolen = await mkdtemp(join(tmpdir(), 'latchkey-stolen-'));
  for (const end of ['', '-wal', '-shm']) {
    await cp(join(latchkey.dataDir, `latchkey.db${end}`), join(stolen, `latchkey.db${end}`));
  }
});
afterAll(async () => {
  await latchkey?.stop();
  await rm(stolen, { recursive: true, force: true });
});

/** Every text of the database, with those within JSON, and what a script would make of each. */
function texts(): ReadonlySet<string> {
  const found = new Set<string>();
  const database = new Database(join(stolen, 'latchkey.db'), { readonly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  for (const table of tables) {
    const rows = database.prepare(`select * from "${String(Object(table).name)}"`).all();
    for (const value of rows.flatMap((row) => Object.values(Object(row)))) collect(value, found);
  }
  database.close();
  for (const text of [...found]) {
    found.add(Buffer.from(text).toString('base64url'));
    found.add(createHash('sha256').update(text).digest('base64url'));
    found.add(
      Buffer.from(text, 'base64url')
        .toString('latin1')
        .replaceAll(/[^\x21-\x7e]/g, ''),
    );
  }
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    found.add(value);
    if (/^[[{"]/.test(value)) collect(JSON.parse(value), found);
  } else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) collect(each, found);
}

/** The ways in that a text opens on the server that runs. */
async function opens(text: string): Promise<string[]> {
  if (!/^[\x21-\x7e]{1,300}$/.test(text)) return [];
  const ways: string[] = [];
  const thief = openBrowser(latchkey.url);
  thief.cookies.set(SESSION, encodeURIComponent(text));
  if ((await thief.call('GET', '/v1/session')).status !== 401) ways.push('session');
  const waiting = await thief.call('POST', '/v1/session/second-factor', { code: 'abcdef' });
  if (waiting.json.code !== 'not_signed_in' && waiting.status !== 400) ways.push('half a session');
  const fresh = openBrowser(latchkey.url);
  if (text.length <= 128) {
    const reset = { token: text, password: 'too short' };
    const answer = await fresh.call('POST', '/v1/password/reset', reset);
    if (answer.json.code !== 'link_invalid') ways.push('reset');
    if ((await fresh.call('POST', '/v1/email/verify', { token: text })).status === 204) ways.push('verify');
    const invitation = await fresh.call('POST', '/v1/invitations/look', { token: text });
    if (invitation.status === 200) ways.push('invitation');
  }
  return ways;
}

test('no text of a stolen database, as it is or turned, lets anybody in', async () => {
  const found = [...texts()];
  expect(found.length).toBeGreaterThan(100);
  const open: string[] = [];
  for (const text of found) {
    const ways = await opens(text);
    if (ways.length > 0) open.push(`${ways.join(', ')}: ${text.slice(0, 8)}…`);
  }
  expect(open).toEqual([]);
  // The search would notice: the text in the owner's browser opens a session.
  expect(await opens(owner.cookies.get(SESSION) ?? '')).toEqual(['session']);
}, 180_000);

test('neither session, device, recovery codes nor the secret of the second factor stand in it', async () => {
  const all = [...texts()].join('\n');
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const device = owner.cookies.get(DEVICE)?.split('.') ?? [];
  for (const text of [owner.cookies.get(SESSION) ?? '', device[2] ?? '', secret, ...recoveryCodes]) {
    expect(text.length).toBeGreaterThan(15);
    expect(all).not.toContain(text);
    expect(all).not.toContain(text.replaceAll('-', ''));
  }
});

test('without the key the right password cannot even be told from a wrong one', async () => {
  const hashes = [...texts()].filter((text) => text.startsWith('$argon2id$v=19$m=19456,t=2,p=1$'));
  expect(hashes).toHaveLength(1);
  const guessing = await createPasswordHashing(new Uint8Array());
  expect(await guessing.verify(hashes[0] ?? '', PASSWORD)).toBe(false);
  const { passwordSecret } = await openServerKey(join(latchkey.dataDir, 'sign-in.key'));
  const knowing = await createPasswordHashing(passwordSecret);
  expect(await knowing.verify(hashes[0] ?? '', PASSWORD)).toBe(true);
});

test('a server without the key does not start on it', async () => {
  const bin = join(import.meta.dirname, '../packages/cli/bin/latchkey.js');
  const served = await runProgram(process.execPath, [bin, 'serve', '--data', stolen, '--port', '0'], {
    env: {},
    cwd: stolen,
  });
  expect(served.code).not.toBe(0);
  expect(served.output).toContain('is not the key with which people of this database sign in');
});
