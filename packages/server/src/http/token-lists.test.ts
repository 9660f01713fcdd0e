import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;
const DAY_MS = 24 * 3600 * 1000;
let now = Date.UTC(2026, 10, 24, 12);
beforeAll(async () => {
  server = await startTestServer({ now: () => now });
});
afterAll(() => server.close());

describe('GET /v1/tokens', () => {
  test('a secret that came in a URL is listed as exposed, with when and how', async () => {
    const { tokens } = server.acme.client.native;
    const { id, token } = await tokens.create({ scopes: ['tokens:read'], note: 'seen in a URL' });
    expect((await tokens.list({ exposed: true })).items).toEqual([]);
    expect((await server.call(`/v1/tokens?access_token=${token}`)).status).toBe(200);
    const seenAt = new Date(now).toISOString();
    // What a server lets in itself is written before it looks at a rotation that is due.
    const waiting = await tokens.create({ scopes: ['styles:write'] });
    await tokens.rotate(waiting.id, { untilQuiet: '1m' });
    now += 2 * 60_000;
    for (;;) {
      const { items } = await tokens.list({ exposed: true });
      if (items.length === 0) continue;
      expect(items).toMatchObject([
        { id, exposed: { at: seenAt, service: 'latchkey', origin: '', client: 'node' } },
      ]);
      break;
    }
    expect((await tokens.list({ exposed: false })).items.map((one) => one.id)).not.toContain(id);
  });

  test('is sorted by note and by last use, and filtered by what restricts', async () => {
    const { tokens } = server.rival.client.native;
    const made = [];
    for (const note of ['beta', 'Alpha', 'gamma']) {
      made.push(await tokens.create({ scopes: ['styles:read'], note, allowedUrls: ['shop.example'] }));
    }
    const notes = async (query: Parameters<typeof tokens.list>[0]) =>
      (await tokens.list(query)).items.map(({ note }) => note);
    const byNote = await notes({ sortby: 'note', anywhere: false });
    expect(byNote).toEqual(['Alpha', 'beta', 'gamma']);
    const paged = await tokens.list({ sortby: 'note', limit: 2, anywhere: false });
    expect(await notes({ sortby: 'note', limit: 2, anywhere: false, cursor: paged.next ?? '' })).toEqual([
      'gamma',
    ]);
    expect(await notes({ anywhere: true, usage: 'pk' })).toEqual(['Default public token']);
    expect(await notes({ unusedDays: 2 })).toEqual([]);
    now += 3 * DAY_MS;
    const unused = await notes({ unusedDays: 2, anywhere: false, sortby: 'lastUsed' });
    expect(unused.sort()).toEqual(['Alpha', 'beta', 'gamma']);
    const { status, json } = await server.callAs(server.rival.token, 'GET', '/v1/tokens?unusedDays=0');
    expect({ status, code: json?.code, field: json?.field }).toEqual({
      status: 422,
      code: 'query_invalid',
      field: 'unusedDays',
    });
    const cursor = await server.callAs(
      server.rival.token,
      'GET',
      `/v1/tokens?sortby=lastUsed&cursor=${encodeURIComponent(paged.next ?? '')}`,
    );
    expect(cursor.json).toMatchObject({ code: 'start_invalid' });
  });
});

describe('POST /v1/tokens/revocations', () => {
  const revoke = (body: unknown) => server.callAs(server.acme.token, 'POST', '/v1/tokens/revocations', body);

  test('wants ids or a filter that says something', async () => {
    for (const body of [{}, { filter: {} }, { ids: ['x'], filter: { text: 'x' } }]) {
      const { status, json } = await revoke(body);
      expect({ status, code: json?.code }).toEqual({ status: 400, code: 'body_invalid' });
    }
  });

  test('shows who still uses the tokens, then revokes them under a revision', async () => {
    const { tokens } = server.acme.client.native;
    const one = await tokens.create({ scopes: ['styles:write'], note: 'batch 1' });
    const two = await tokens.create({ scopes: ['styles:write'], note: 'batch 2' });
    const preview = await tokens.revokeMany({ filter: { text: 'batch' }, dryRun: true });
    expect(preview).toMatchObject({ dryRun: true, count: 2, inUse: 0, users: [], revision: undefined });
    expect(preview.tokens.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
    const ended = await tokens.revokeMany({ filter: { text: 'batch' }, expected: preview.count });
    expect(ended).toMatchObject({ dryRun: false, count: 2, more: false });
    expect(ended.revision).toBeGreaterThan(0);
    expect((await tokens.get(one.id)).status).toBe('revoked');
    const { status, json } = await revoke({ filter: { text: 'batch' }, expected: 2 });
    expect({ status, code: json?.code }).toEqual({ status: 409, code: 'selection_changed' });
  });
});

describe('POST /v1/urls/check', () => {
  test('tells the canonical entries, what is doubtful, and which of them lets a page in', async () => {
    const { tokens } = server.acme.client.native;
    const checked = await tokens.checkUrls({
      entries: ['HTTPS://Shop.Example/', 'github.io', 'intern.example/admin'],
      address: 'intern.example/admin/users',
    });
    expect(checked.faults).toEqual([]);
    expect(checked.entries).toContain('github.io');
    expect(checked.warnings.map(({ code }) => code)).toContain('public_suffix');
    expect(checked.address).toMatchObject({ allowed: true, detail: null, fix: null });
    expect(checked.address?.entries.map(({ allowed }) => allowed)).toEqual([false, false, true]);

    const refused = await tokens.checkUrls({ entries: ['shop.example'], address: 'https://evil.example/' });
    expect(refused.address).toMatchObject({
      allowed: false,
      entries: [{ entry: 'shop.example', allowed: false }],
    });
    expect(refused.address?.detail).toContain('evil.example');
  });

  test('names each entry that has no valid form', async () => {
    const checked = await server.acme.client.native.tokens.checkUrls({
      entries: ['shop.example', 'not a host', '*.*'],
      address: 'shop.example',
    });
    expect(checked.faults.map(({ index }) => index)).toEqual([1, 2]);
    expect(checked).toMatchObject({ entries: [], warnings: [] });
    expect(checked.address).toBeUndefined();
  });
});
