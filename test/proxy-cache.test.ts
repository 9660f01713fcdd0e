import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CacheableUpstream, startCacheableUpstream } from './testing/cacheable-upstream.ts';
import { type Answer, call, field, textField } from './testing/call.ts';
import { freePort } from './testing/free-port.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { rawRequest } from './testing/raw-http.ts';
import { type Gateway, startGateway } from './testing/start-gateway.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

// The response cache of `latchkey gateway` before an API, as programs.

const SERVICES = [
  {
    name: 'maps',
    title: 'Maps',
    routes: [
      { methods: ['GET', 'POST'], path: '/tiles/{tile}', scopes: ['styles:tiles'], description: 'A tile.' },
      { methods: ['GET'], path: '/account/{what}', scopes: [], description: 'What is told to this account.' },
    ],
  },
];
const LONG = 'cc=public,max-age=600';

let latchkey: Latchkey;
let gateway: Gateway;
let upstream: CacheableUpstream;
let proxyUrl = '';
let acme: TestAccount;
/** A path that no test has had. */
let fresh = 0;

beforeAll(async () => {
  latchkey = await startLatchkey({ env: { LATCHKEY_SERVICES: JSON.stringify(SERVICES) } });
  acme = await makeAccount(latchkey, 'acme');
  upstream = await startCacheableUpstream();
  const port = await freePort();
  proxyUrl = `http://127.0.0.1:${port}`;
  gateway = await startGateway(latchkey, {
    LATCHKEY_GATEWAY_PROXY_UPSTREAM: `http://127.0.0.1:${upstream.port}`,
    LATCHKEY_GATEWAY_PROXY_PORT: String(port),
  });
});
beforeEach(() => {
  fresh += 1;
});
afterAll(async () => {
  await gateway?.stop();
  upstream?.close();
  await latchkey?.stop();
});

async function makeToken(more: object = {}): Promise<{ readonly id: string; readonly text: string }> {
  const body = { scopes: ['styles:tiles', 'styles:read'], ...more };
  const made = await call(`${latchkey.url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body });
  const text = textField(made.body, 'token');
  await until('the token to arrive', async () => {
    const answer = await call(`${proxyUrl}/nowhere`, { token: text });
    const known = await call(`${proxyUrl}/account/known?cc=no-store`, { token: text });
    return answer.status === 404 && codeOf(known) !== 'unknown_token' ? true : undefined;
  });
  return { id: textField(made.body, 'id'), text };
}
const codeOf = ({ body }: Answer) =>
  typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;

const get = (
  target: string,
  { text }: { readonly text: string },
  headers: Readonly<Record<string, string>> = {},
) => call(`${proxyUrl}${target}`, { token: text, headers });
const cacheStatus = ({ headers }: Answer) => headers.get('cache-status') ?? '';

describe('a stored answer', () => {
  test('is served to every token that may have it, and refused to one that is revoked', async () => {
    const [token, other] = [await makeToken(), await makeToken()];
    const target = `/tiles/${fresh}?${LONG}`;
    const first = await get(target, token);
    const hit = await get(target, other);
    expect([first.status, cacheStatus(first)]).toEqual([
      200,
      'latchkey; fwd=uri-miss; fwd-status=200; stored',
    ]);
    expect(cacheStatus(hit)).toMatch(/^latchkey; hit; ttl=/);
    expect(hit.body).toEqual(first.body);
    await call(`${latchkey.url}/tokens/v2/acme/${token.id}`, { method: 'DELETE', token: acme.token });
    const refused = await until('the revocation to arrive', async () => {
      const answer = await get(target, token);
      return answer.status === 200 ? undefined : answer;
    });
    expect([refused.status, field(refused.body, 'code')]).toEqual([401, 'revoked']);
    expect(cacheStatus(await get(target, other))).toMatch(/hit/);
  });

  test("is not one token's for another, unless the API says so", async () => {
    const [one, two] = [await makeToken(), await makeToken()];
    for (const query of ['cc=max-age=600', 'cc=private,max-age=600', `${LONG}&vary=Latchkey-Token-Id`]) {
      for (const token of [one, two, one, two]) {
        const answer = await get(`/account/${fresh}?${query}`, token);
        expect(field(answer.body, 'tokenId'), query).toBe(token.id);
      }
    }
  });

  test("is refused to a token of other scopes, of another page, and to nobody's", async () => {
    const target = `/tiles/${fresh}?${LONG}`;
    expect((await get(target, await makeToken())).status).toBe(200);
    const elsewhere = await makeToken({ allowedUrls: ['https://app.example.com'] });
    const refused = [
      [await get(target, await makeToken({ scopes: ['fonts:read'] })), 403, 'insufficient_scope'],
      [await get(target, elsewhere), 403, 'evidence_missing'],
      [await get(target, elsewhere, { origin: 'https://evil.example' }), 403, 'url_not_allowed'],
      [await call(`${proxyUrl}${target}`), 401, 'no_token'],
    ] as const;
    for (const [answer, status, code] of refused)
      expect([answer.status, field(answer.body, 'code'), cacheStatus(answer)]).toEqual([status, code, '']);
    const allowed = await get(target, elsewhere, { origin: 'https://app.example.com' });
    expect(cacheStatus(allowed)).toMatch(/hit/);
    expect(allowed.headers.get('vary')).toBe('Origin, Referer, Sec-Fetch-Site');
  });

  test('is the same for a token in the query, which neither the API nor its key gets', async () => {
    const token = await makeToken();
    const ways = [`?${LONG}`, `?access_token=${token.text}&${LONG}`, `?${LONG}&access_token=${token.text}`];
    const bodies = [];
    for (const [at, query] of ways.entries())
      bodies.push(
        (await call(`${proxyUrl}/tiles/${fresh}${query}`, at === 0 ? { token: token.text } : {})).body,
      );
    expect(new Set(bodies.map((body) => field(body, 'n'))).size).toBe(1);
    const secret = token.text.split('.')[2] ?? '';
    expect(JSON.stringify(upstream.arrived)).not.toContain(secret);
    expect(gateway.log()).not.toContain(secret);
  });

  test('cannot be changed for others by forwarding headers, another host, a cookie or a body', async () => {
    const token = await makeToken();
    const target = `/tiles/${fresh}?${LONG}`;
    const clean = await get(target, token);
    const poisons: (readonly (readonly [string, string])[])[] = [
      [['X-Forwarded-Host', 'evil.example']],
      [['X-Original-URL', '/tiles/evil']],
      [['X-Forwarded-Proto', 'nothttps']],
      [['Cookie', 'evil=1']],
      [['X-Unheard-Of', 'evil']],
      [['Cache-Control', 'no-cache']],
    ];
    for (const headers of poisons) {
      const bearer = ['Authorization', `Bearer ${token.text}`] as const;
      await rawRequest(proxyUrl, { method: 'GET', target, headers: [bearer, ...headers] });
      await rawRequest(proxyUrl, { method: 'GET', target, headers: [bearer, ...headers], body: 'poison' });
      const after = await get(target, token);
      expect({ ...Object(after.body), n: 0 }).toEqual({ ...Object(clean.body), n: 0 });
      expect(after.text).not.toContain('evil');
      expect(cacheStatus(after)).toMatch(/hit/);
    }
  });

  test('goes when the resource is changed through the gateway', async () => {
    const token = await makeToken();
    const target = `/tiles/${fresh}?${LONG}`;
    const before = field((await get(target, token)).body, 'n');
    await call(`${proxyUrl}${target}`, { method: 'POST', token: token.text, body: {} });
    expect(field((await get(target, token)).body, 'n')).not.toBe(before);
  });

  test('is confirmed by the API where a client or its age asks for it', async () => {
    const token = await makeToken();
    const target = `/tiles/${fresh}?cc=public,no-cache&etag=%22a%22`;
    const first = await get(target, token);
    const again = await get(target, token);
    expect(again.body).toEqual(first.body);
    expect(cacheStatus(again)).toBe('latchkey; fwd=stale; fwd-status=304; stored');
    expect((await get(target, token, { 'if-none-match': '"a"' })).status).toBe(304);
  });
});

test('browsers and caches further out are told to ask each time, and whose answer it is', async () => {
  const token = await makeToken();
  for (const _ of ['miss', 'hit']) {
    const { headers } = await get(
      `/tiles/${fresh}?${LONG}&expires=Mon%2C%2023%20Nov%202099%2012%3A00%3A00%20GMT`,
      token,
    );
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('expires')).toBeNull();
    expect(headers.get('surrogate-key')).toBe(`latchkey-${token.id} latchkey-account-acme`);
  }
});

test('the figures tell hits, misses and bytes', async () => {
  const figures = (await call(`${gateway.url}/metrics`)).text;
  for (const outcome of ['hit', 'miss', 'stale', 'bypass'])
    expect(figures).toMatch(new RegExp(`latchkey_cache_requests_total\\{outcome="${outcome}"\\} [1-9]`));
  expect(figures).toMatch(/latchkey_cache_bytes [1-9]\d{3,}/);
  expect(figures).toMatch(/latchkey_cache_answers [1-9]/);
});
