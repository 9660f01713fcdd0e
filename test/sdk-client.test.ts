import type { TokensService } from '@mapbox/mapbox-sdk/services/tokens.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, listOf, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { sdkCreate, sdkRefusal, sdkTokens } from './testing/sdk.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { expectTokenObject } from './testing/token-object.ts';
import { until } from './testing/until.ts';

let latchkey: Latchkey;
let acme: TestAccount;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
});
afterAll(() => latchkey?.stop());

const service = (accessToken: string) => sdkTokens(latchkey, accessToken);
const create = (config?: Parameters<TokensService['createToken']>[0]) =>
  sdkCreate(service(acme.token), config);

test('createToken with public scopes answers a whole public token', async () => {
  const made = await create({
    note: 'for the site',
    scopes: ['styles:read', 'fonts:read'],
    allowedUrls: ['https://example.com'],
  });
  expect(made).toMatchObject({
    usage: 'pk',
    default: false,
    note: 'for the site',
    scopes: ['styles:read', 'fonts:read'],
    allowedUrls: ['https://example.com'],
  });
  expect(made.modified).toBe(made.created);
});

test('createToken without arguments makes a public token without scopes and with a null note', async () => {
  expect(await create(undefined)).toMatchObject({
    usage: 'pk',
    scopes: [],
    note: null,
    allowedUrls: undefined,
  });
});

test('createToken carries resources and applications', async () => {
  const sent = {
    scopes: ['styles:read'],
    resources: ['/styles/v1/acme/streets'],
    allowedApplications: [{ platform: 'ios', bundleId: 'com.example.map' }],
  };
  expect((await service(acme.token).createToken(sent).send()).body).toMatchObject(sent);
});

test('a secret token shows its text at creation and never again', async () => {
  const made = await create({ scopes: ['styles:read', 'tokens:read'], note: 'secret once' });
  expect(made.usage).toBe('sk');
  const listed = listOf((await service(acme.token).listTokens().send()).body).map(expectTokenObject);
  const again = listed.find((token) => token.id === made.id);
  expect(again).toMatchObject({ note: 'secret once', usage: 'sk', token: undefined });
  const updated = expectTokenObject(
    (await service(acme.token).updateToken({ tokenId: made.id, note: 'x' }).send()).body,
  );
  expect(updated.token).toBeUndefined();
});

test('createTemporaryToken answers the token, both times and the seconds left', async () => {
  const expires = new Date(Date.now() + 1_800_000);
  const made = (
    await service(acme.token)
      .createTemporaryToken({ expires, scopes: ['styles:read'] })
      .send()
  ).body;
  expect(textField(made, 'token')).toMatch(/^tk\./);
  expect(Math.abs(Date.parse(textField(made, 'expires')) - expires.getTime())).toBeLessThan(1000);
  const issued = Date.parse(textField(made, 'issued_at'));
  const seconds = (Date.parse(textField(made, 'expires')) - issued) / 1000;
  expect(Math.abs(Number(field(made, 'expires_in')) - seconds)).toBeLessThanOrEqual(1);
});

test('updateToken changes what is sent, null lifts a restriction, and the token text stays', async () => {
  const made = await create({
    scopes: ['styles:read'],
    allowedUrls: ['https://example.com'],
    note: 'before',
  });
  const update = async (config: Omit<Parameters<TokensService['updateToken']>[0], 'tokenId'>) =>
    expectTokenObject(
      (
        await service(acme.token)
          .updateToken({ tokenId: made.id, ...config })
          .send()
      ).body,
    );

  expect(await update({ note: 'after' })).toMatchObject({
    id: made.id,
    token: made.token,
    note: 'after',
    scopes: ['styles:read'],
    allowedUrls: ['https://example.com'],
    created: made.created,
  });
  expect((await update({ allowedUrls: null })).allowedUrls).toBeUndefined();
  expect((await update({ scopes: ['styles:read', 'fonts:read'] })).scopes).toEqual([
    'styles:read',
    'fonts:read',
  ]);
  expect(await update({})).toMatchObject({ note: 'after', scopes: ['styles:read', 'fonts:read'] });
});

test('deleteToken answers 204 and the token is refused from then on', async () => {
  const made = await create({ scopes: ['tokens:read'] });
  expect((await service(made.token).listTokens().send()).statusCode).toBe(200);
  const deleted = await service(acme.token).deleteToken({ tokenId: made.id }).send();
  expect(deleted).toMatchObject({ statusCode: 204, rawBody: '' });
  expect(await sdkRefusal(service(made.token).listTokens().send())).toMatchObject({
    statusCode: 401,
    message: 'Unauthorized',
  });
  expect((await service(made.token).getToken().send()).body).toMatchObject({ code: 'TokenRevoked' });
});

test('getToken tells of public and secret tokens no more than usage, user and authorization', async () => {
  for (const scopes of [['styles:read'], ['styles:read', 'tokens:read']]) {
    const made = await create({ scopes });
    expect((await service(made.token).getToken().send()).body).toEqual({
      code: 'TokenValid',
      token: { usage: made.usage, user: 'acme', authorization: made.id },
    });
  }
});

test('getToken tells of a temporary token its times, scopes and client, and TokenExpired once its time is over', async () => {
  const expires = new Date(Date.now() + 2500);
  const made = (
    await service(acme.token)
      .createTemporaryToken({ expires, scopes: ['styles:read'] })
      .send()
  ).body;
  const temporary = service(textField(made, 'token'));
  const verdict = (await temporary.getToken().send()).body;
  expect(verdict).toMatchObject({
    code: 'TokenValid',
    token: { usage: 'tk', user: 'acme', scopes: ['styles:read'], client: 'api' },
  });
  expect(Object.keys(Object(field(verdict, 'token'))).sort()).toEqual(
    ['client', 'created', 'expires', 'scopes', 'usage', 'user'].sort(),
  );
  await until('TokenExpired', async () => {
    const now = (await temporary.getToken().send()).body;
    return field(now, 'code') === 'TokenExpired' ? true : undefined;
  });
  expect(await sdkRefusal(temporary.listTokens().send())).toMatchObject({
    statusCode: 401,
    message: 'Unauthorized',
  });
});

test('getToken answers TokenInvalid to a token whose signature does not match', async () => {
  const forged = `${acme.token.slice(0, -22)}${'A'.repeat(22)}`;
  expect((await service(forged).getToken().send()).body).toMatchObject({ code: 'TokenInvalid' });
});

test('getToken works with a slash at the end too, as the Ruby SDK sends it', async () => {
  const answers = ['/tokens/v2', '/tokens/v2/'].map((path) =>
    call(`${latchkey.url}${path}?access_token=${acme.token}`),
  );
  const [plain, slashed] = await Promise.all(answers);
  expect(slashed).toMatchObject({ status: 200, body: { code: 'TokenValid' } });
  expect(slashed?.body).toEqual(plain?.body);
});

test('listScopes describes every scope, and marks the public ones alone', async () => {
  const scopes = listOf((await service(acme.token).listScopes().send()).body);
  const named = new Map(scopes.map((scope) => [textField(scope, 'id'), scope]));
  for (const scope of scopes) expect(textField(scope, 'description')).not.toBe('');
  for (const id of ['styles:tiles', 'styles:read', 'fonts:read', 'datasets:read', 'vision:read']) {
    expect(field(named.get(id), 'public')).toBe(true);
  }
  for (const id of ['scopes:list', 'tokens:read', 'tokens:write', 'uploads:write', 'statistics:read']) {
    expect(Object.hasOwn(Object(named.get(id)), 'public')).toBe(false);
  }
  for (const id of ['accounts:write', 'verifiers:sync']) expect(named.has(id)).toBe(false);
});
