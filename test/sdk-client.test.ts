import createClient, { type MapiResponse } from '@mapbox/mapbox-sdk';
import createTokensService, { type TokensService } from '@mapbox/mapbox-sdk/services/tokens.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { field, listOf, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { expectTokenObject, type TokenObject } from './testing/token-object.ts';
import { until } from './testing/until.ts';

let latchkey: Latchkey;
let acme: TestAccount;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
});
afterAll(() => latchkey?.stop());

const service = (accessToken: string): TokensService =>
  createTokensService({ accessToken, origin: latchkey.url });

async function create(
  config: Parameters<TokensService['createToken']>[0],
): Promise<TokenObject & { token: string }> {
  const made = expectTokenObject((await service(acme.token).createToken(config).send()).body);
  if (made.token === undefined) throw new Error('creation shows the token');
  return { ...made, token: made.token };
}

/** What the SDK rejects with, as plain fields. */
async function refusal(
  work: Promise<unknown>,
): Promise<{ type: unknown; statusCode: unknown; message: unknown; body: unknown }> {
  const error: unknown = await work.then(
    () => {
      throw new Error('was not refused');
    },
    (reason: unknown) => reason,
  );
  return {
    type: field(error, 'type'),
    statusCode: field(error, 'statusCode'),
    message: field(error, 'message'),
    body: field(error, 'body'),
  };
}

describe('the seven calls of the SDK', () => {
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
    expect(await refusal(service(made.token).listTokens().send())).toMatchObject({
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
    expect(await refusal(temporary.listTokens().send())).toMatchObject({
      statusCode: 401,
      message: 'Unauthorized',
    });
  });

  test('getToken answers TokenInvalid to a token whose signature does not match', async () => {
    const forged = `${acme.token.slice(0, -22)}${'A'.repeat(22)}`;
    expect((await service(forged).getToken().send()).body).toMatchObject({ code: 'TokenInvalid' });
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
});

describe('paging', () => {
  let pager: TestAccount;
  const ids: string[] = [];

  beforeAll(async () => {
    pager = await makeAccount(latchkey, 'pager');
    const tokens = service(pager.token);
    for (let at = 0; at < 250; at += 10) {
      const batch = Array.from({ length: 10 }, (_, n) =>
        tokens.createToken({ note: `n${at + n}`, scopes: ['styles:read'] }).send(),
      );
      for (const made of await Promise.all(batch)) ids.push(expectTokenObject(made.body).id);
    }
  });

  /** Walks all pages as the SDK does; `between` runs before each further page is asked for. */
  async function walk(
    request: ReturnType<TokensService['listTokens']>,
    between: () => Promise<void> = async () => {},
  ) {
    const pages: MapiResponse[] = [];
    await new Promise<void>((resolve, reject) => {
      request.eachPage((error, page, next) => {
        if (error) {
          reject(error);
          return;
        }
        pages.push(page);
        if (page.hasNextPage()) between().then(next, reject);
        else resolve();
      });
    });
    return { pages, tokens: pages.flatMap((page) => listOf(page.body).map(expectTokenObject)) };
  }

  test('eachPage over 250 tokens gives each exactly once, newest first', async () => {
    const { pages, tokens } = await walk(service(pager.token).listTokens());
    expect(pages.map((page) => listOf(page.body).length)).toEqual([100, 100, 52]);
    const seen = tokens.map((token) => token.id);
    expect(new Set(seen).size).toBe(seen.length);
    expect(ids.filter((id) => !seen.includes(id))).toEqual([]);
    const times = tokens.map((token) => Date.parse(token.created));
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  test('the Link to the next page is absolute and holds no token', async () => {
    const first = await service(pager.token).listTokens().send();
    const next = new URL(first.links.next?.url ?? '');
    expect(next.origin).toBe(latchkey.url);
    expect(next.searchParams.has('access_token')).toBe(false);
    expect(first.headers.link).not.toContain(pager.token);
    const last = await walk(service(pager.token).listTokens());
    expect(last.pages.at(-1)?.headers.link).toBeUndefined();
  });

  test('a limit holds on every page, although the SDK repeats its own parameters beside those of the Link', async () => {
    const request = createClient({ accessToken: pager.token, origin: latchkey.url }).createRequest({
      method: 'GET',
      path: '/tokens/v2/:ownerId',
      query: { limit: 60, usage: 'pk', sortby: 'created', fresh: true },
    });
    const { pages, tokens } = await walk(request);
    expect(pages.map((page) => listOf(page.body).length)).toEqual([60, 60, 60, 60, 11]);
    expect(new Set(tokens.map((token) => token.id)).size).toBe(251);
  });

  test('tokens made, changed and deleted between pages make no row twice and skip none that was there throughout', async () => {
    const tokens = service(pager.token);
    const before = (await walk(tokens.listTokens())).tokens.map((token) => token.id);
    const gone = new Set<string>();
    let turn = 0;
    const { tokens: rows } = await walk(tokens.listTokens(), async () => {
      turn += 1;
      const made = expectTokenObject((await tokens.createToken({ scopes: [] }).send()).body);
      gone.add(made.id);
      for (const index of [turn, 110 + turn, 230 + turn]) {
        const id = before[index] ?? '';
        gone.add(id);
        await tokens.deleteToken({ tokenId: id }).send();
      }
      await tokens.updateToken({ tokenId: before[150 + turn] ?? '', note: 'moved' }).send();
      await tokens.updateToken({ tokenId: before[5 + turn] ?? '', note: 'moved' }).send();
    });
    const seen = rows.map((token) => token.id);
    expect(new Set(seen).size).toBe(seen.length);
    expect(before.filter((id) => !gone.has(id) && !seen.includes(id))).toEqual([]);
  });
});

describe('errors as the SDK shows them', () => {
  test('a token without tokens:read gets Not Found with code insufficient_scope', async () => {
    const made = await create({ scopes: ['styles:read'] });
    expect(await refusal(service(made.token).listTokens().send())).toMatchObject({
      type: 'HttpError',
      statusCode: 404,
      message: 'Not Found',
      body: { message: 'Not Found', code: 'insufficient_scope' },
    });
  });

  test('a token without scopes:list gets Forbidden', async () => {
    const made = await create({ scopes: ['styles:read'] });
    expect(await refusal(service(made.token).listScopes().send())).toMatchObject({
      statusCode: 403,
      message: 'Forbidden',
    });
  });

  test('an unknown token gets Unauthorized', async () => {
    const forged = `${acme.token.slice(0, -22)}${'A'.repeat(22)}`;
    expect(await refusal(service(forged).listTokens().send())).toMatchObject({
      statusCode: 401,
      message: 'Unauthorized',
    });
  });

  test('another account gets No such user, as one that does not exist', async () => {
    const client = createClient({ accessToken: acme.token, origin: latchkey.url });
    for (const ownerId of ['pager', 'nobody-here']) {
      const request = client.createRequest({
        method: 'GET',
        path: '/tokens/v2/:ownerId',
        params: { ownerId },
      });
      expect(await refusal(request.send())).toMatchObject({ statusCode: 404, message: 'No such user' });
    }
  });

  test('unknown scopes, and scopes that the creator lacks, get scopes are invalid', async () => {
    const weak = await create({ scopes: ['tokens:write', 'styles:read'] });
    for (const work of [
      service(acme.token).createToken({ scopes: ['no:such'] }),
      service(acme.token).createToken({ scopes: ['accounts:write'] }),
      service(weak.token).createToken({ scopes: ['fonts:read'] }),
    ]) {
      expect(await refusal(work.send())).toMatchObject({ statusCode: 422, message: 'scopes are invalid' });
    }
  });

  test('a public token never gets a secret scope', async () => {
    const made = await create({ scopes: ['styles:read'] });
    expect(
      await refusal(
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
    const refused = await refusal(
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
    expect(await refusal(temporary(acme.token, -60_000))).toMatchObject({
      statusCode: 422,
      message: 'expires is in the past',
    });
    expect(await refusal(temporary(acme.token, 3_700_000))).toMatchObject({
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
    expect(await refusal(temporary(textField(parent, 'token'), 900_000))).toMatchObject({
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
      expect(await refusal(work.send())).toMatchObject({ statusCode: 404, message: 'Not Found' });
    }
  });

  test('a note over 128 characters gets note is invalid, with the field named', async () => {
    const refused = await refusal(
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
      const refused = await refusal(
        createTokensService({ accessToken: account.token, origin: limited.url }).listTokens().send(),
      );
      expect(refused).toMatchObject({ statusCode: 429, message: 'Too Many Requests' });
    } finally {
      await limited.stop();
    }
  });
});
