import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

const MINUTE_MS = 60_000;
let server: TestServer;
let now = Date.UTC(2026, 10, 23, 12);

beforeAll(async () => {
  server = await startTestServer({ now: () => now });
});
afterAll(() => server.close());

/** What is known of a rotation once the server has looked at it at its present time. */
async function lookedAt(id: string) {
  for (;;) {
    const rotation = await server.acme.client.native.tokens.rotation(id);
    const due = Date.parse(rotation.retiresAt ?? '');
    if (rotation.retired !== undefined || due > now) return rotation;
  }
}

test('a token that only the server itself lets in counts as used, and is retired once that stops', async () => {
  const { tokens } = server.acme.client.native;
  const old = await tokens.create({ scopes: ['tokens:read', 'statistics:read'] });
  await tokens.rotate(old.id, { untilQuiet: '2m' });
  now += MINUTE_MS;
  const usedAt = new Date(now).toISOString();
  const headers = { authorization: `Bearer ${old.token}`, 'user-agent': 'nightly-job/2.0 (forgotten)' };
  expect((await server.call('/v1/tokens', { headers })).status).toBe(200);
  now += 1.5 * MINUTE_MS;
  const waiting = await lookedAt(old.id);
  expect(waiting).toMatchObject({
    waitsFor: [{ kind: 'use', lastUsed: usedAt }],
    lastUsed: usedAt,
    usedBy: [{ service: 'latchkey', client: 'nightly-job', lastUsed: usedAt }],
  });
  now += 2 * MINUTE_MS;
  expect(await lookedAt(old.id)).toMatchObject({ retired: new Date(now).toISOString() });
  expect((await server.call('/v1/tokens', { headers })).status).toBe(401);
});

test('a token that is called active to whoever introspects it counts as used, one that is not does not', async () => {
  const { tokens } = server.acme.client.native;
  const old = await tokens.create({ scopes: ['styles:write'] });
  await tokens.rotate(old.id, { untilQuiet: '2m' });
  now += MINUTE_MS;
  const usedAt = new Date(now).toISOString();
  const introspect = (by: string) =>
    server.call('/oauth2/introspect', {
      method: 'POST',
      headers: { authorization: `Bearer ${by}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: `token=${old.token}`,
    });
  expect((await introspect(server.acme.token)).json).toMatchObject({ active: true });
  now += MINUTE_MS / 2;
  expect((await introspect(server.rival.token)).json).toEqual({ active: false });
  now += MINUTE_MS;
  expect(await lookedAt(old.id)).toMatchObject({ waitsFor: [{ kind: 'use', lastUsed: usedAt }] });
});
