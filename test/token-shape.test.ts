import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, listOf, textField } from './testing/call.ts';
import { makeAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { decodePayload, expectTokenObject } from './testing/token-object.ts';

const SEED = 20261123;
const PUBLIC_SCOPES = ['styles:tiles', 'styles:read', 'fonts:read', 'datasets:read', 'vision:read'];

/** Shapes in which leak scanners look for such tokens. Together they are stricter than any one of them. */
const SCANNER_SHAPES = [
  /^[ps]k\.eyJ1Ijoi[A-Za-z0-9]{40,}\.[A-Za-z0-9_-]{22}$/,
  /\b[ps]k\.eyJ1[A-Za-z0-9_-]{50,}/,
  /\b([ps]k\.eyJ1[A-Za-z0-9_-]{19,}\.[A-Za-z0-9_-]{22,})\b/,
  /\b[ps]k\.eyJ1[A-Za-z0-9._-]{60,}\b/,
];

interface Made {
  readonly token: string;
  readonly account: string;
  readonly scopes: readonly string[];
}

let latchkey: Latchkey;
const made: Made[] = [];

const name = fc
  .stringMatching(/^[a-z0-9](?:-?[a-z0-9]){1,38}$/)
  .filter((text) => text.length >= 2 && text.length <= 39);
const note = fc.option(fc.string({ unit: 'binary', maxLength: 60 }), { nil: null });

beforeAll(async () => {
  latchkey = await startLatchkey();
  made.push({ token: latchkey.operatorToken, account: latchkey.operatorAccount, scopes: [] });
  const names = new Set([
    'ab',
    '00',
    'z9',
    'a'.repeat(39),
    `0${'-z'.repeat(19)}`,
    ...fc.sample(name, { seed: SEED, numRuns: 25 }),
  ]);
  for (const account of names) await populate(account);
});
afterAll(() => latchkey?.stop());

/** Makes an account and tokens of all three usages with generated scopes and notes. */
async function populate(account: string): Promise<void> {
  const owner = await makeAccount(latchkey, account);
  made.push({ token: owner.token, account, scopes: [] }, { token: owner.defaultToken, account, scopes: [] });
  const catalogue = await call(`${latchkey.url}/scopes/v1/${account}`, { token: owner.token });
  const ids = listOf(catalogue.body).map((scope) => textField(scope, 'id'));
  const scopes = fc.oneof(fc.subarray(ids, { maxLength: 12 }), fc.subarray(PUBLIC_SCOPES));
  const wishes = fc.sample(fc.tuple(scopes, note, fc.boolean()), { seed: SEED + made.length, numRuns: 12 });
  for (const [wanted, text, temporary] of wishes) {
    const body = temporary
      ? { scopes: wanted, expires: new Date(Date.now() + 3_000_000).toISOString() }
      : { scopes: wanted, ...(text === null ? {} : { note: text }) };
    const answer = await call(`${latchkey.url}/tokens/v2/${account}`, {
      method: 'POST',
      token: owner.token,
      body,
    });
    if (answer.status !== 200) {
      // Only a note that holds what no note may hold is refused here.
      expect({ status: answer.status, detail: textField(answer.body, 'detail') }).toMatchObject({
        status: 400,
        detail: expect.stringContaining('note'),
      });
      continue;
    }
    if (!temporary) expectTokenObject(answer.body);
    made.push({ token: textField(answer.body, 'token'), account, scopes: wanted });
  }
}

const usage = (token: string) => token.slice(0, 2);
const payloadText = (token: string) => Buffer.from(token.split('.')[1] ?? '', 'base64').toString('latin1');

test('there are hundreds of tokens of every usage to look at', () => {
  for (const kind of ['pk', 'sk', 'tk'])
    expect(made.filter(({ token }) => usage(token) === kind).length).toBeGreaterThan(40);
});

test('every token is usage, payload and a signature of 16 bytes, and its payload holds no - and no _', () => {
  for (const { token } of made) {
    expect(token).toMatch(/^[pst]k\.[A-Za-z0-9]+\.[A-Za-z0-9_-]{22}$/);
    const signature = token.split('.')[2] ?? '';
    const bytes = Buffer.from(signature, 'base64url');
    expect(bytes.length).toBe(16);
    expect(bytes.toString('base64url'), 'the signature is canonical').toBe(signature);
  }
});

test('every payload begins with eyJ1 and is ASCII without >, ? and ~', () => {
  for (const { token } of made) {
    expect(token.split('.')[1]).toMatch(/^eyJ1/);
    expect(payloadText(token)).toMatch(/^[ -=@-}]*$/);
  }
});

test('the payload of a public or secret token is exactly its account and its id, in that order', () => {
  for (const { token, account } of made.filter((one) => usage(one.token) !== 'tk')) {
    expect(payloadText(token)).toMatch(/^\{"u":"[a-z0-9-]+","a":"c[a-z0-9]{24}"\}$/);
    expect(field(decodePayload(token), 'u')).toBe(account);
  }
});

test('the payload of a temporary token holds account, times in seconds, scopes and client', () => {
  for (const { token, account, scopes } of made.filter((one) => usage(one.token) === 'tk')) {
    const payload = decodePayload(token);
    expect(Object.keys(Object(payload))[0]).toBe('u');
    expect(Object.keys(Object(payload)).sort()).toEqual(['a', 'client', 'exp', 'iat', 'scopes', 'u']);
    expect(payload).toMatchObject({
      u: account,
      client: 'api',
      scopes,
      a: expect.stringMatching(/^c[a-z0-9]{24}$/),
    });
    const [exp, iat] = [Number(field(payload, 'exp')), Number(field(payload, 'iat'))];
    expect(Number.isInteger(exp) && Number.isInteger(iat)).toBe(true);
    expect(exp - iat).toBeGreaterThan(2900);
    expect(exp - iat).toBeLessThanOrEqual(3630);
  }
});

test('every public and secret token is found by the shapes that leak scanners look for', () => {
  for (const { token } of made.filter((one) => usage(one.token) !== 'tk')) {
    for (const shape of SCANNER_SHAPES)
      expect(`key = "${token}"`.match(shape) ?? token.match(shape), `${shape}`).not.toBeNull();
  }
});

test('no id and no signature occurs twice, and a public token has no secret first letter', () => {
  expect(new Set(made.map(({ token }) => token.split('.')[2])).size).toBe(made.length);
  expect(new Set(made.map(({ token }) => textField(decodePayload(token), 'a'))).size).toBe(made.length);
  for (const { token } of made.filter((one) => usage(one.token) === 'tk'))
    expect(token.startsWith('s')).toBe(false);
});

test('a token with public scopes alone is pk, with any secret scope sk', async () => {
  for (const { token, scopes } of made.filter((one) => usage(one.token) !== 'tk' && one.scopes.length > 0)) {
    expect(usage(token)).toBe(scopes.every((scope) => PUBLIC_SCOPES.includes(scope)) ? 'pk' : 'sk');
  }
});
