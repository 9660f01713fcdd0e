import parseToken from '@mapbox/parse-mapbox-token';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { expectTokenObject } from './testing/token-object.ts';

let latchkey: Latchkey;
let acme: TestAccount;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
});
afterAll(() => latchkey?.stop());

const create = (body: unknown) =>
  call(`${latchkey.url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body });

test('the account tokens made at creation parse as a secret and a public token of that account', () => {
  expect(parseToken(acme.token)).toEqual({
    usage: 'sk',
    user: 'acme',
    authorization: expect.stringMatching(/^c[a-z0-9]{24}$/),
  });
  expect(parseToken(acme.defaultToken)).toEqual({
    usage: 'pk',
    user: 'acme',
    authorization: expect.any(String),
  });
});

test('the operator token parses as a secret token of the operator account', () => {
  expect(parseToken(latchkey.operatorToken)).toMatchObject({ usage: 'sk', user: latchkey.operatorAccount });
});

test('public and secret tokens parse to their usage, account and id', async () => {
  for (const scopes of [['styles:read'], ['tokens:read']]) {
    const made = expectTokenObject((await create({ scopes })).body);
    expect(parseToken(made.token ?? '')).toEqual({ usage: made.usage, user: 'acme', authorization: made.id });
  }
});

test('a temporary token parses to its times in milliseconds, its scopes and its client', async () => {
  const made = (
    await create({ scopes: ['styles:read', 'uploads:write'], expires: new Date(Date.now() + 600_000) })
  ).body;
  const parsed = parseToken(textField(made, 'token'));
  expect(parsed).toMatchObject({
    usage: 'tk',
    user: 'acme',
    scopes: ['styles:read', 'uploads:write'],
    client: 'api',
  });
  expect(parsed.expires).toBe(Math.floor(Date.parse(textField(made, 'expires')) / 1000) * 1000);
  expect(parsed.created).toBe(Math.floor(Date.parse(textField(made, 'issued_at')) / 1000) * 1000);
  expect(field(made, 'expires_in')).toBeTypeOf('number');
});
