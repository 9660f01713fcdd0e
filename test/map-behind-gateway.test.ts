import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { makeAccount } from './testing/make-account.ts';
import { type Demonstration, startDemonstration } from './testing/start-demonstration.ts';
import { until } from './testing/until.ts';

// The demonstration as `npm start` runs it: the reverse proxy with its cache before the maps API.

let demo: Demonstration;
beforeAll(async () => {
  demo = await startDemonstration(undefined, true);
});
afterAll(async () => {
  await demo?.close();
  expect(demo?.failures).toEqual([]);
});

const TILE = '/v4/world/1/1/0.vector.pbf';
const get = (path: string, token: string) => call(`${demo.map.apiUrl}${path}?access_token=${token}`);
const cacheStatus = ({ headers }: { readonly headers: Headers }) => headers.get('cache-status') ?? '';

async function makeToken(scopes: readonly string[]): Promise<{ readonly id: string; readonly text: string }> {
  const tokens = `${demo.latchkeyUrl}/tokens/v2/acme`;
  const made = await call(tokens, { method: 'POST', token: demo.account.token, body: { scopes } });
  return { id: textField(made.body, 'id'), text: textField(made.body, 'token') };
}

test("a deleted token's cached tile is refused on the next request, and others still get it from the cache", async () => {
  const [token, other] = [await makeToken(['styles:tiles']), await makeToken(['styles:tiles'])];
  const first = await until('the token to arrive', async () => {
    const answer = await get(TILE, token.text);
    return answer.status === 200 ? answer : undefined;
  });
  const hit = await get(TILE, token.text);
  expect([hit.status, cacheStatus(hit), hit.text === first.text]).toEqual([
    200,
    expect.stringMatching(/^latchkey; hit/),
    true,
  ]);
  expect(hit.headers.get('cache-control')).toBe('private, no-cache');
  // Held until every verifier has applied it: what follows is the very next request.
  const revoked = await call(`${demo.latchkeyUrl}/tokens/v2/acme/${token.id}`, {
    method: 'DELETE',
    token: demo.account.token,
    headers: { prefer: 'wait=10' },
  });
  expect([revoked.status, revoked.headers.get('latchkey-pending')]).toEqual([204, '0']);
  const refused = await get(TILE, token.text);
  expect([refused.status, field(refused.body, 'code')]).toEqual([401, 'revoked']);
  expect(cacheStatus(await get(TILE, other.text))).toMatch(/^latchkey; hit/);
});

test('a token without the scope is refused a cached tile', async () => {
  const { text } = await makeToken(['fonts:read']);
  await get(TILE, demo.account.defaultToken);
  const refused = await until('the token to arrive', async () => {
    const answer = await get(TILE, text);
    return answer.status === 401 ? undefined : answer;
  });
  expect([refused.status, field(refused.body, 'code')]).toEqual([403, 'insufficient_scope']);
});

test("what is an account's own is given to no other from the cache", async () => {
  const other = await makeAccount({ url: demo.latchkeyUrl, operatorToken: demo.operatorToken }, 'umbrella');
  const font = '/fonts/v1/acme/Inter%20Regular/0-255.pbf';
  const known = await until('the token to arrive', async () => {
    const answer = await get('/v4/world.json', other.defaultToken);
    return answer.status === 401 ? undefined : answer;
  });
  expect(known.status).toBe(200);
  for (const path of [font, '/styles/v1/acme/light']) {
    for (const _ of ['first', 'second'])
      expect((await get(path, demo.account.defaultToken)).status).toBe(200);
    expect((await get(path, other.defaultToken)).status).toBe(404);
    expect((await get(path, demo.account.defaultToken)).status).toBe(200);
  }
  expect(cacheStatus(await get(font, demo.account.defaultToken))).toMatch(/^latchkey; hit/);
  expect(cacheStatus(await get('/styles/v1/acme/light', demo.account.defaultToken))).not.toMatch(
    /hit|stored/,
  );
});

test('documents name URLs without a token: the API never sees one', async () => {
  for (const path of ['/styles/v1/acme/light', '/v4/world.json'])
    expect((await get(path, demo.account.defaultToken)).text).not.toContain('access_token');
});
