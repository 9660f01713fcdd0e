import { afterAll, beforeAll, expect, test } from 'vitest';
import { nativeEndpoints, tokensApiEndpoints } from './endpoints.ts';
import { startTestServer, type TestAnswer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;

beforeAll(async () => {
  // Explanations tell the time, so it stands still here.
  const now = Date.UTC(2026, 10, 23);
  server = await startTestServer({ now: () => now });
});
afterAll(() => server.close());

const UNUSED_ID = 'c0123456789abcdefghijklmn';
const UNUSED_NAME = 'nobody-here';

const bodies: Readonly<Record<string, unknown>> = {
  createToken: { scopes: ['styles:read'] },
  updateToken: { note: 'n' },
  updateNativeToken: { note: 'n' },
  rotateToken: {},
  changeRotation: { grace: '1h' },
};

/** All that a caller can see, without what is random or tells the time. */
function seen({ status, headers, text, json }: TestAnswer, names: readonly string[]): unknown {
  const kept = Object.fromEntries(headers);
  delete kept['x-request-id'];
  delete kept.date;
  let body = text.replaceAll(String(json?.requestId), '-');
  for (const name of names) body = body.replaceAll(name, '<name>');
  return { status, body, headers: kept };
}

async function perform(token: string, method: string, path: string, body: unknown): Promise<TestAnswer> {
  return server.callAs(token, method, path, body);
}

const withNames = [...tokensApiEndpoints, ...nativeEndpoints].flatMap(({ method, path, operationId }) =>
  path.includes('{') ? [{ method: method.toUpperCase(), path, operationId }] : [],
);

test.each(withNames)(
  "$method $path answers another's id as it answers one that nobody has",
  async (endpoint) => {
    const { method, path, operationId } = endpoint;
    const body = bodies[operationId];
    const names = { account: server.rival.name, id: server.rival.publicTokenId, unusedAccount: UNUSED_NAME };
    const variants: [string, string][] = [];
    if (path.includes('{account}') && path.includes('{id}')) {
      variants.push([
        path.replace('{account}', 'acme').replace('{id}', names.id),
        path.replace('{account}', 'acme').replace('{id}', UNUSED_ID),
      ]);
      variants.push([
        path.replace('{account}', names.account).replace('{id}', names.id),
        path.replace('{account}', UNUSED_NAME).replace('{id}', UNUSED_ID),
      ]);
    } else {
      const fill = (account: string, id: string) =>
        path.replace('{account}', account).replace('{name}', account).replace('{id}', id);
      variants.push([fill(names.account, names.id), fill(UNUSED_NAME, UNUSED_ID)]);
    }
    for (const token of [server.acme.token, server.acme.publicToken]) {
      for (const [theirs, nobodys] of variants) {
        const ids = [names.account, UNUSED_NAME, names.id, UNUSED_ID];
        const one = await perform(token, method, theirs, body);
        const other = await perform(token, method, nobodys, body);
        expect(seen(one, ids)).toEqual(seen(other, ids));
        expect(one.status).toBeGreaterThanOrEqual(400);
        expect(one.text).not.toContain(server.rival.name);
      }
    }
  },
);

test("another's account is No such user, whatever the caller's scopes and whatever else is wrong", async () => {
  for (const token of [server.acme.token, server.acme.publicToken]) {
    for (const name of [server.rival.name, UNUSED_NAME]) {
      for (const [method, path, body] of [
        ['GET', `/tokens/v2/${name}?limit=0`, undefined],
        ['POST', `/tokens/v2/${name}`, { surprise: true }],
        ['PATCH', `/tokens/v2/${name}/${server.rival.publicTokenId}`, { surprise: true }],
        ['DELETE', `/tokens/v2/${name}/${server.rival.publicTokenId}`, undefined],
        ['GET', `/scopes/v1/${name}`, undefined],
      ] as const) {
        const answer = await server.callAs(token, method, path, body);
        expect(answer.status, answer.text).toBe(404);
        expect(answer.json).toMatchObject({ message: 'No such user', code: 'account_not_found' });
      }
    }
  }
  expect((await server.call(`/tokens/v2/${UNUSED_NAME}`)).json).toMatchObject({ message: 'Unauthorized' });
});

test("explain answers another's id as a random one, and another's text as an unknown one", async () => {
  const explain = (token: string) =>
    server.callAs(server.acme.token, 'POST', '/v1/explain', { token, request: { url: '/' } });
  const ids = [server.rival.publicTokenId, UNUSED_ID];
  expect(seen(await explain(server.rival.publicTokenId), ids)).toEqual(seen(await explain(UNUSED_ID), ids));
  const { publicToken } = server.rival;
  const random = `${publicToken.slice(0, -4)}AAAA`;
  expect(seen(await explain(publicToken), [])).toEqual(seen(await explain(random), []));
});

test("the audit log of a customer holds its own account's rows only, whatever it asks for", async () => {
  const list = (query: string) => server.callAs(server.acme.token, 'GET', `/v1/audit${query}`);
  expect((await list('?limit=500')).text).not.toContain('rival');
  expect(seen(await list('?account=rival'), ['rival', UNUSED_NAME])).toEqual(
    seen(await list(`?account=${UNUSED_NAME}`), ['rival', UNUSED_NAME]),
  );
  expect(seen(await list('?subject=rival'), [])).toEqual(seen(await list(`?subject=${UNUSED_NAME}`), []));
});
