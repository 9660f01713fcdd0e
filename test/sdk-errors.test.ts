import createClient from '@mapbox/mapbox-sdk';
import createTokensService, { type TokensService } from '@mapbox/mapbox-sdk/services/tokens.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { sdkCreate, sdkRefusal, sdkTokens } from './testing/sdk.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';

let latchkey: Latchkey;
let acme: TestAccount;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
  await makeAccount(latchkey, 'other');
});
afterAll(() => latchkey?.stop());

const service = (accessToken: string) => sdkTokens(latchkey, accessToken);
const create = (config?: Parameters<TokensService['createToken']>[0]) =>
  sdkCreate(service(acme.token), config);

test('a token without tokens:read gets Not Found with code insufficient_scope', async () => {
  const made = await create({ scopes: ['styles:read'] });
  expect(await sdkRefusal(service(made.token).listTokens().send())).toMatchObject({
    type: 'HttpError',
    statusCode: 404,
    message: 'Not Found',
    body: { message: 'Not Found', code: 'insufficient_scope' },
  });
});

test('a token without scopes:list gets Forbidden', async () => {
  const made = await create({ scopes: ['styles:read'] });
  expect(await sdkRefusal(service(made.token).listScopes().send())).toMatchObject({
    statusCode: 403,
    message: 'Forbidden',
  });
});

test('an unknown token gets Unauthorized', async () => {
  const forged = `${acme.token.slice(0, -22)}${'A'.repeat(22)}`;
  expect(await sdkRefusal(service(forged).listTokens().send())).toMatchObject({
    statusCode: 401,
    message: 'Unauthorized',
  });
});

test('another account gets No such user, as one that does not exist', async () => {
  const client = createClient({ accessToken: acme.token, origin: latchkey.url });
  for (const ownerId of ['other', 'nobody-here']) {
    const request = client.createRequest({
      method: 'GET',
      path: '/tokens/v2/:ownerId',
      params: { ownerId },
    });
    expect(await sdkRefusal(request.send())).toMatchObject({ statusCode: 404, message: 'No such user' });
  }
});

test('unknown scopes, and scopes that the creator lacks, get scopes are invalid', async () => {
  const weak = await create({ scopes: ['tokens:write', 'styles:read'] });
  for (const work of [
    service(acme.token).createToken({ scopes: ['no:such'] }),
    service(acme.token).createToken({ scopes: ['accounts:write'] }),
    service(weak.token).createToken({ scopes: ['fonts:read'] }),
  ]) {
    expect(await sdkRefusal(work.send())).toMatchObject({ statusCode: 422, message: 'scopes are invalid' });
  }
});

test('a public token never gets a secret scope', async () => {
  const made = await create({ scopes: ['styles:read'] });
  expect(
    await sdkRefusal(
      service(acme.token)
        .updateToken({ tokenId: made.id, scopes: ['tokens:read'] })
        .send(),
    ),
  ).toMatchObject({
    statusCode: 422,
    message: 'scopes are invalid',
  });
});

test('bad entries get allowedUrls are invalid, with a detail that names the entry', async () => {
  const refused = await sdkRefusal(
    service(acme.token)
      .createToken({ scopes: [], allowedUrls: ['https://ok.example', '*.com'] })
      .send(),
  );
  expect(refused).toMatchObject({ statusCode: 422, message: 'allowedUrls are invalid' });
  expect(textField(refused.body, 'detail')).toContain('*.com');
});

test('bad times of temporary tokens are refused in the words of the contract', async () => {
  const temporary = (accessToken: string, inMs: number) =>
    service(accessToken)
      .createTemporaryToken({ expires: new Date(Date.now() + inMs), scopes: ['styles:read'] })
      .send();
  expect(await sdkRefusal(temporary(acme.token, -60_000))).toMatchObject({
    statusCode: 422,
    message: 'expires is in the past',
  });
  expect(await sdkRefusal(temporary(acme.token, 3_700_000))).toMatchObject({
    statusCode: 422,
    message: 'expires is more than one hour in the future',
  });
  const parent = (
    await service(acme.token)
      .createTemporaryToken({
        expires: new Date(Date.now() + 600_000),
        scopes: ['tokens:write', 'styles:read'],
      })
      .send()
  ).body;
  expect(await sdkRefusal(temporary(textField(parent, 'token'), 900_000))).toMatchObject({
    statusCode: 422,
    message: 'expires may not be greater than the expiration of the authorizing token',
  });
});

test('deleting and updating an unknown id get Not Found', async () => {
  const tokenId = `c${'z'.repeat(24)}`;
  for (const work of [
    service(acme.token).deleteToken({ tokenId }),
    service(acme.token).updateToken({ tokenId, note: 'x' }),
  ]) {
    expect(await sdkRefusal(work.send())).toMatchObject({ statusCode: 404, message: 'Not Found' });
  }
});

test('a note over 128 characters gets note is invalid, with the field named', async () => {
  const refused = await sdkRefusal(
    service(acme.token)
      .createToken({ scopes: [], note: 'x'.repeat(129) })
      .send(),
  );
  expect(refused).toMatchObject({ statusCode: 422, message: 'note is invalid', body: { field: 'note' } });
});

test('too many requests get Too Many Requests with the three limit headers and Retry-After', async () => {
  const limited = await startLatchkey({ rateLimitPerMinute: 5 });
  try {
    const account = await makeAccount(limited, 'busy');
    const url = `${limited.url}/tokens/v2/busy?access_token=${account.token}`;
    const answers = [];
    for (let n = 0; n < 8; n += 1) answers.push(await fetch(url));
    const last = answers.at(-1);
    expect(last?.status).toBe(429);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(last?.headers.get('x-rate-limit-limit')).toBe('5');
    expect(last?.headers.get('x-rate-limit-interval')).toBe('60');
    expect(Number(last?.headers.get('x-rate-limit-reset'))).toBeGreaterThan(Date.now() / 1000 - 1);
    const refused = await sdkRefusal(
      createTokensService({ accessToken: account.token, origin: limited.url }).listTokens().send(),
    );
    expect(refused).toMatchObject({ statusCode: 429, message: 'Too Many Requests' });
  } finally {
    await limited.stop();
  }
});
