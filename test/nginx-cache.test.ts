import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CacheableUpstream, startCacheableUpstream } from './testing/cacheable-upstream.ts';
import { type Answer, call, field, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { rawRequest } from './testing/raw-http.ts';
import { GATEWAYS, type ShippedGateway, startShippedGateway } from './testing/shipped-gateways.ts';
import { type Gateway, startGateway } from './testing/start-gateway.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { hasSystemProgram } from './testing/system-program.ts';
import { until } from './testing/until.ts';

// nginx with proxy_cache behind the door, by the configuration that is shipped.

const route = (path: string, scopes: readonly string[]) => ({
  methods: ['GET', 'POST'],
  path,
  scopes,
  description: path,
});
const SERVICES = [
  {
    name: 'maps',
    title: 'Maps',
    routes: [route('/tiles/{tile}', ['styles:tiles']), route('/account/{what}', ['styles:read'])],
  },
];
const LONG = 'cc=public,max-age=600';

const { program, versionArgument } = GATEWAYS.nginxCache;
if (hasSystemProgram(program, 'the shipped cache configuration of nginx', versionArgument)) {
  describe('answers that nginx has cached', behindNginx);
}

interface Token {
  readonly id: string;
  readonly text: string;
}

function behindNginx(): void {
  let latchkey: Latchkey;
  let door: Gateway;
  let upstream: CacheableUpstream;
  let nginx: ShippedGateway;
  let acme: TestAccount;
  let umbrella: TestAccount;

  beforeAll(async () => {
    latchkey = await startLatchkey({ env: { LATCHKEY_SERVICES: JSON.stringify(SERVICES) } });
    acme = await makeAccount(latchkey, 'acme');
    umbrella = await makeAccount(latchkey, 'umbrella');
    door = await startGateway(latchkey, { LATCHKEY_GATEWAY_TRUSTED_PROXIES: '127.0.0.1' });
  });
  beforeEach(async () => {
    upstream = await startCacheableUpstream();
    nginx = await startNginx();
  });
  afterEach(async () => {
    await nginx?.stop();
    upstream?.close();
  });
  afterAll(async () => {
    await door?.stop();
    await latchkey?.stop();
  });

  /** @param change what a mutant has otherwise */
  function startNginx(change?: (text: string, file: string) => string): Promise<ShippedGateway> {
    return startShippedGateway('nginxCache', { door: door.port, upstream: upstream.port }, change);
  }

  /** A token that the door knows. */
  async function makeToken(of: TestAccount, more: object = {}): Promise<Token> {
    const body = { scopes: ['styles:tiles', 'styles:read'], ...more };
    const made = await call(`${latchkey.url}/tokens/v2/${of.name}`, {
      method: 'POST',
      token: of.token,
      body,
    });
    const token = { id: textField(made.body, 'id'), text: textField(made.body, 'token') };
    await untilKnown(token);
    return token;
  }

  /** The door alone is asked, so that nothing is cached. */
  async function untilKnown({ text }: Token): Promise<void> {
    await until('the token to arrive', async () =>
      (await doorSays(text)) === 'unknown_token' ? undefined : true,
    );
  }

  async function doorSays(text: string): Promise<string> {
    const headers = { 'x-original-method': 'GET', 'x-original-uri': `/tiles/1?access_token=${text}` };
    const answer = await call(`${door.url}/forward-auth/nginx`, { headers });
    return answer.status === 204
      ? 'allowed'
      : textField(JSON.parse(answer.headers.get('latchkey-body') ?? ''), 'code');
  }

  async function revoke({ id, text }: Token): Promise<void> {
    await call(`${latchkey.url}/tokens/v2/acme/${id}`, { method: 'DELETE', token: acme.token });
    await until('the revocation to arrive', async () =>
      (await doorSays(text)) === 'revoked' ? true : undefined,
    );
  }

  function get(
    target: string,
    { text }: Token,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return call(`${nginx.url}${target}`, { token: text, headers });
  }

  const cacheStatus = (answer: Answer) => answer.headers.get('cache-status');

  /** Whether an answer that lies in the cache is refused to a token once it is revoked. */
  async function refusesRevoked(): Promise<boolean> {
    const token = await makeToken(acme);
    const target = `/tiles/1?${LONG}`;
    expect((await get(target, token)).status).toBe(200);
    expect(cacheStatus(await get(target, token))).toBe('nginx; hit');
    await revoke(token);
    return (await get(target, token)).status === 401;
  }

  /** Whether two tokens of one path each get what was made for themselves. */
  async function keepsBodiesApart(): Promise<boolean> {
    const tokens = [await makeToken(acme), await makeToken(acme), await makeToken(umbrella)];
    const target = `/account/me?${LONG}`;
    const bodies: Answer[] = [];
    for (const token of [...tokens, ...tokens]) bodies.push(await get(target, token));
    const told = bodies.map(({ body }) => field(body, 'tokenId'));
    return told.every((id, at) => id === tokens[at % tokens.length]?.id);
  }

  test('are served to every token that may have them, and not to one that was revoked', async () => {
    const target = `/tiles/1?${LONG}`;
    const other = await makeToken(acme);
    expect(await refusesRevoked()).toBe(true);
    const answer = await get(target, other);
    expect([answer.status, cacheStatus(answer), field(answer.body, 'n')]).toEqual([200, 'nginx; hit', 1]);
  });

  test('would be served to a revoked token if the door were not asked', async () => {
    await nginx.stop();
    nginx = await startNginx((text, file) =>
      file === 'latchkey-check.conf' ? text.replace(/^auth_request \/_latchkey;/m, '') : text,
    );
    expect(await refusesRevoked()).toBe(false);
  });

  test('that were made for one token are given to no other, and come from the cache for itself', async () => {
    expect(await keepsBodiesApart()).toBe(true);
    expect(upstream.arrived).toHaveLength(3);
  });

  test('would be given to another token if the key did not hold whom they were made for', async () => {
    await nginx.stop();
    nginx = await startNginx((text, file) =>
      file === 'latchkey-cached-per-token.conf'
        ? text.replace(/\$latchkey_target [^"]*"/, '$latchkey_target"')
        : text,
    );
    expect(await keepsBodiesApart()).toBe(false);
  });

  test('are not given to a token of other scopes, of another page, or of none', async () => {
    const wide = await makeToken(acme);
    const narrow = await makeToken(acme, { scopes: ['fonts:read'] });
    const elsewhere = await makeToken(acme, { allowedUrls: ['https://app.example.com'] });
    const target = `/tiles/1?${LONG}`;
    expect((await get(target, wide)).status).toBe(200);
    const refused = [
      [await get(target, narrow), 403, 'insufficient_scope'],
      [await get(target, elsewhere), 403, 'evidence_missing'],
      [await get(target, elsewhere, { origin: 'https://evil.example' }), 403, 'url_not_allowed'],
      [await call(`${nginx.url}${target}`), 401, 'no_token'],
    ] as const;
    for (const [answer, status, code] of refused)
      expect([answer.status, field(answer.body, 'code')]).toEqual([status, code]);
    const allowed = await get(target, elsewhere, { origin: 'https://app.example.com' });
    expect([allowed.status, cacheStatus(allowed)]).toEqual([200, 'nginx; hit']);
  });

  test('are forgotten for a token whose scopes were narrowed', async () => {
    const token = await makeToken(acme);
    const target = `/account/me?${LONG}`;
    expect(field((await get(target, token)).body, 'scopes')).toBe('styles:tiles styles:read');
    await call(`${latchkey.url}/tokens/v2/acme/${token.id}`, {
      method: 'PATCH',
      token: acme.token,
      body: { scopes: ['styles:read'] },
    });
    await until('the change to arrive', async () =>
      (await doorSays(token.text)) === 'insufficient_scope' ? true : undefined,
    );
    expect(field((await get(target, token)).body, 'scopes')).toBe('styles:read');
  });

  test.each([
    ['first', (token: string) => `?access_token=${token}&${LONG}`],
    ['last', (token: string) => `?${LONG}&access_token=${token}`],
    ['in between', (token: string) => `?q=%2F&access_token=${token}&${LONG}`],
    ['with letters of its name encoded', (token: string) => `?${LONG}&%61ccess%5ftoke%6E=${token}`],
    ['with its text encoded', (token: string) => `?${LONG}&access_token=${token.replace('pk.', 'pk%2E')}`],
  ])('hold no token that came in the query %s, nor does the upstream get it', async (_, query) => {
    const token = await makeToken(acme);
    for (const at of [1, 2]) {
      const answer = await call(`${nginx.url}/tiles/1${query(token.text)}`);
      expect([answer.status, field(answer.body, 'n')], String(at)).toEqual([200, 1]);
    }
    const [{ target = '', rawHeaders = [] } = {}] = upstream.arrived;
    const [, , secret = ''] = token.text.split('.');
    expect(`${target} ${rawHeaders.join()}`).not.toContain(secret);
    expect(target).not.toMatch(/toke/i);
    const written = await filesBelow(join(nginx.folder, 'cache'));
    expect(written).toContain('KEY: http://');
    expect(written).not.toContain(secret);
    expect(await nginx.accessLog()).not.toContain(secret);
  });

  test('are the same wherever the token stands', async () => {
    const [token, other] = [await makeToken(acme), await makeToken(acme)];
    const ways = [
      get(`/tiles/2?${LONG}`, token),
      call(`${nginx.url}/tiles/2?${LONG}&access_token=${other.text}`),
      call(`${nginx.url}/tiles/2?access_token=${other.text}&${LONG}`),
    ];
    for (const way of await Promise.all(ways)) expect(field(way.body, 'n')).toBe(1);
  });

  test('cannot be changed for others by a header, a cookie, a body or another host', async () => {
    const token = await makeToken(acme);
    const target = `/tiles/3?${LONG}`;
    const bearer = ['Authorization', `Bearer ${token.text}`] as const;
    await rawRequest(nginx.url, {
      method: 'GET',
      target,
      headers: [
        bearer,
        ['X-Forwarded-Host', 'evil.example'],
        ['X-Forwarded-Proto', 'nothttps'],
        ['X-Original-URL', '/tiles/evil'],
        ['X-HTTP-Method-Override', 'POST'],
        ['Cookie', 'evil=1'],
        ['Latchkey-Account', 'root'],
      ],
      body: 'poison',
    });
    const after = await get(target, token);
    expect(cacheStatus(after)).toBe('nginx; hit');
    expect(after.body).toMatchObject({ poison: '', account: null, authorization: null });
    const elsewhere = await rawRequest(nginx.url.replace('127.0.0.1', 'localhost'), {
      method: 'GET',
      target,
      headers: [bearer],
    });
    expect(field(elsewhere.body, 'n')).toBe(2);
  });

  test('are kept apart by what they vary on', async () => {
    const token = await makeToken(acme);
    const target = `/tiles/4?${LONG}&vary=Origin`;
    for (const origin of ['https://a.example', 'https://b.example', 'https://a.example']) {
      expect(field((await get(target, token, { origin })).body, 'origin')).toBe(origin);
    }
    expect(upstream.arrived).toHaveLength(2);
  });

  test.each(['cc=private,max-age=600', 'cc=no-store', `${LONG}&cookie=a%3Db`, `${LONG}&vary=*`, 'cc='])(
    'are none where the upstream says %s',
    async (query) => {
      const token = await makeToken(acme);
      const seen = [await get(`/tiles/5?${query}`, token), await get(`/tiles/5?${query}`, token)];
      expect(seen.map(({ body }) => field(body, 'n'))).toEqual([1, 2]);
    },
  );

  test('tell browsers and other caches to ask each time, and purge by token', async () => {
    const token = await makeToken(acme);
    for (const status of ['nginx; fwd=miss', 'nginx; hit']) {
      const { headers } = await get(`/tiles/6?${LONG}&etag=%22a%22`, token);
      expect(headers.get('cache-status')).toBe(status);
      expect(headers.get('cache-control')).toBe('private, no-cache');
      expect(headers.get('surrogate-key')).toBe(`latchkey-${token.id}`);
    }
    const again = await get(`/tiles/6?${LONG}&etag=%22a%22`, token, { 'if-none-match': '"a"' });
    expect(again.status).toBe(304);
    const kept = await get('/tiles/6?cc=no-store', token);
    expect(kept.headers.get('cache-control')).toBe('no-store');
  });

  test('are asked for once by many at the same time, and HEAD is answered from GET', async () => {
    const tokens = [await makeToken(acme), await makeToken(umbrella)];
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, at) => get(`/tiles/7?${LONG}`, tokens[at % 2] ?? { id: '', text: '' })),
    );
    expect(many.every(({ status }) => status === 200)).toBe(true);
    const head = await call(`${nginx.url}/tiles/7?${LONG}`, { method: 'HEAD', token: tokens[0]?.text ?? '' });
    expect(head.status).toBe(200);
    expect(upstream.arrived).toHaveLength(1);
  });

  test('are not to be had by a method with a body', async () => {
    const token = await makeToken(acme);
    const answer = await call(`${nginx.url}/tiles/8?${LONG}`, {
      method: 'POST',
      token: token.text,
      body: {},
    });
    expect(answer.status).toBe(405);
    expect(upstream.arrived).toHaveLength(0);
  });
}

async function filesBelow(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}
