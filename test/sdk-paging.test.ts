import createClient, { type MapiRequest, type MapiResponse } from '@mapbox/mapbox-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOf } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { sdkTokens } from './testing/sdk.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { expectTokenObject } from './testing/token-object.ts';

let latchkey: Latchkey;
let pager: TestAccount;
const ids: string[] = [];

beforeAll(async () => {
  latchkey = await startLatchkey();
  pager = await makeAccount(latchkey, 'pager');
  const tokens = service(pager.token);
  for (let at = 0; at < 250; at += 10) {
    const batch = Array.from({ length: 10 }, (_, n) =>
      tokens.createToken({ note: `n${at + n}`, scopes: ['styles:read'] }).send(),
    );
    for (const made of await Promise.all(batch)) ids.push(expectTokenObject(made.body).id);
  }
});

afterAll(() => latchkey?.stop());

const service = (accessToken: string) => sdkTokens(latchkey, accessToken);

/** Walks all pages as the SDK does; `between` runs before each further page is asked for. */
async function walk(request: MapiRequest, between: () => Promise<void> = async () => {}) {
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
