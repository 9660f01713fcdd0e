import { randomUUID } from 'node:crypto';
import type { UsageOutcome } from '@latchkey/core';
import { parseTokenId } from '@latchkey/core';
import { formatUsageBatch, type ReportedRefusal, type UsageBatch } from '@latchkey/wire/feed';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestAnswer, type TestServer } from './testing/start-test-server.ts';

const DAY = 24 * 3600 * 1000;
const MINUTE = 60_000;
let server: TestServer;
let sync: string;

beforeAll(async () => {
  server = await startTestServer();
  const made = await server.operatorClient.native.tokens.create({ scopes: ['verifiers:sync'] });
  sync = made.token ?? '';
});
afterAll(() => server.close());

function idOf(text: string) {
  const id = parseTokenId(text);
  if (id === undefined) throw new TypeError('no token id');
  return id;
}

function batchOf(over: Partial<UsageBatch> = {}): UsageBatch {
  return {
    reporter: randomUUID(),
    sequence: 1,
    until: null,
    isLast: false,
    exposures: [],
    counters: [],
    sources: [],
    refusals: [],
    ...over,
  };
}

async function report(batch: UsageBatch, { sentAt = Date.now(), token = sync } = {}): Promise<TestAnswer> {
  return server.call(`/v1/usage/batches?sentAt=${sentAt}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: formatUsageBatch(batch),
  });
}

/** One use, as both lists have it. */
function used(
  token: string | null,
  over: { service?: string; outcome?: UsageOutcome; at?: number; count?: number; origin?: string } = {},
): Pick<UsageBatch, 'counters' | 'sources'> {
  const { service = 'maps', outcome = 'allowed', at = Date.now(), count = 1, origin = 'shop.example' } = over;
  const row = { token: token === null ? null : idOf(token), service, outcome, count };
  const minute = Math.floor(at / MINUTE) * MINUTE;
  return {
    counters: [{ ...row, minute, scope: 'styles:read' }],
    sources: [{ ...row, origin, client: 'Firefox', address: '192.0.2.0/24', lastAt: at }],
  };
}

async function tokenOf(account: 'acme' | 'rival'): Promise<string> {
  const { json } = await server.callAs(server[account].token, 'POST', '/v1/tokens', {
    scopes: ['styles:read'],
  });
  return String(Reflect.get(Object(json), 'id'));
}

const get = (path: string, token = server.acme.token) => server.callAs(token, 'GET', path);

describe('reporting usage', () => {
  test('counts a batch once, and names the tokens that nobody knows while it takes the rest', async () => {
    const token = await tokenOf('acme');
    const stranger = `c${'9'.repeat(24)}`;
    const known = used(token, { count: 3 });
    const unknown = used(stranger, { count: 5 });
    const batch = batchOf({
      counters: [...known.counters, ...unknown.counters],
      sources: [...known.sources, ...unknown.sources],
    });
    const first = await report(batch);
    expect(first.status).toBe(200);
    expect(first.json).toMatchObject({ taken: true, unknownTokens: [stranger], addresses: false });
    expect((await report(batch)).json).toMatchObject({ taken: false });
    const { json } = await get(`/v1/usage?token=${token}`);
    expect(json).toMatchObject({ rows: [{ count: 3 }] });
    expect((await get(`/v1/usage?token=${stranger}`, server.operator)).json).toMatchObject({ rows: [] });
  });

  test('needs verifiers:sync, and refuses what is no batch', async () => {
    expect((await report(batchOf(), { token: server.operator })).status).toBe(200);
    expect((await report(batchOf(), { token: server.acme.token })).json).toMatchObject({
      code: 'insufficient_scope',
    });
    const wrong = await server.callAs(sync, 'POST', '/v1/usage/batches', { reporter: 'a', sequence: 0 });
    expect(wrong.status).toBe(400);
    expect(wrong.json).toMatchObject({ code: 'invalid_request', field: 'sequence' });
    const time = await server.callAs(sync, 'POST', '/v1/usage/batches?sentAt=now', {});
    expect(time.json).toMatchObject({ code: 'invalid_request', field: 'sentAt' });
  });

  test('puts the times of a clock that is wrong right, and shows by how much it is', async () => {
    const token = await tokenOf('acme');
    const ahead = 3 * DAY;
    const at = Date.now();
    await report(batchOf(used(token, { at: at + ahead })), { sentAt: Date.now() + ahead });
    const { json } = await get(`/v1/tokens/${token}`);
    const last = Date.parse(String(Reflect.get(Object(Reflect.get(Object(json), 'lastUsed')), 'at')));
    expect(last).toBeGreaterThanOrEqual(at - 1);
    expect(last).toBeLessThanOrEqual(Date.now());
    expect((await get(`/v1/usage?token=${token}&step=hour`)).json).toMatchObject({ rows: [{ count: 1 }] });
    // A clock that lies about the future without telling: nothing is used later than now.
    await report(batchOf(used(token, { at: at + ahead })), { sentAt: at });
    const again = (await get(`/v1/tokens/${token}`)).json;
    const bounded = Date.parse(String(Reflect.get(Object(Reflect.get(Object(again), 'lastUsed')), 'at')));
    expect(bounded).toBeLessThanOrEqual(Date.now());
  });

  test('keeps no addresses that the operator does not want', async () => {
    const token = await tokenOf('acme');
    await report(batchOf(used(token)));
    expect((await get(`/v1/usage?token=${token}&by=address`)).json).toMatchObject({
      rows: [{ address: '', count: 1 }],
    });
  });
});

describe('reading usage', () => {
  test('tells sums by time and dimension, as JSON and as CSV, of the own account alone', async () => {
    const token = await tokenOf('acme');
    const foreign = await tokenOf('rival');
    const at = Date.UTC(2026, 5, 7, 12, 30);
    const old = (id: string, over: Parameters<typeof used>[1]) => used(id, { at, ...over }).counters;
    await report(
      batchOf({
        counters: [
          ...old(token, { count: 2 }),
          ...old(token, { count: 3, outcome: 'url_not_allowed' }),
          ...old(foreign, { count: 100 }),
        ],
      }),
      // A clock of five months ago: the times are put right by it.
      { sentAt: at + MINUTE },
    );
    const query = `step=minute&by=token,outcome&token=${token}`;
    const { json, status } = await get(`/v1/usage?${query}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      step: 'minute',
      by: ['token', 'outcome'],
      rows: [
        { token, outcome: 'allowed', count: 2 },
        { token, outcome: 'url_not_allowed', count: 3 },
      ],
    });
    const csv = await get(`/v1/usage?${query}&format=csv`);
    const lines = csv.text.trimEnd().split('\r\n');
    expect(lines[0]).toBe('at,token,outcome,count');
    expect(lines[1]).toMatch(new RegExp(`^20.*Z,${token},allowed,2$`));
    expect(lines).toHaveLength(3);
    expect((await get(`/v1/usage?token=${foreign}`)).json).toMatchObject({ rows: [] });
    expect((await get('/v1/usage?account=rival')).json).toMatchObject({ code: 'account_not_found' });
    const { json: all } = await get(`/v1/usage?by=account&step=total&token=${foreign}`, server.operator);
    expect(all).toMatchObject({ rows: [{ account: 'rival', count: 100 }] });
  });

  test.each([
    ['by=colour', 'by'],
    ['by=token,token', 'by'],
    ['by=scope,origin', 'by'],
    ['by=origin&step=minute', 'step'],
    ['from=yesterday', 'from'],
    ['to=2026-02-30', 'to'],
    ['from=2026-01-02&to=2026-01-01', 'from'],
    ['from=2000-01-01&step=minute', 'from'],
    ['step=week', 'step'],
  ])('refuses %s by naming %s', async (query, field) => {
    const { json, status } = await get(`/v1/usage?${query}`);
    expect({ status, json }).toMatchObject({ status: 422, json: { code: 'query_invalid', field } });
  });

  test('tells who uses a token, and when it was used and refused last', async () => {
    const token = await tokenOf('acme');
    expect((await get(`/v1/tokens/${token}`)).json).not.toHaveProperty('lastUsed');
    const now = Date.now();
    const parts = [
      used(token, { at: now - 5000, count: 4 }),
      used(token, { at: now - 1000, origin: 'forgotten.example' }),
      used(token, { at: now - 9000, origin: 'evil.example', outcome: 'url_not_allowed' }),
    ];
    await report(
      batchOf({
        counters: parts.flatMap(({ counters }) => counters),
        sources: parts.flatMap(({ sources }) => sources),
      }),
      { sentAt: now },
    );
    const { json } = await get(`/v1/tokens/${token}/users`);
    expect(json).toMatchObject({
      token,
      lastUsed: { service: 'maps', origin: 'forgotten.example', client: 'Firefox' },
      lastRefused: { origin: 'evil.example', reason: 'url_not_allowed' },
      users: [
        { kind: 'allowed', origin: 'forgotten.example', count: 1 },
        { kind: 'allowed', origin: 'shop.example', count: 4 },
        { kind: 'refused', origin: 'evil.example', count: 1 },
      ],
    });
    const shown = { lastUsed: { origin: 'forgotten.example' }, lastRefused: { reason: 'url_not_allowed' } };
    expect((await get(`/v1/tokens/${token}`)).json).toMatchObject(shown);
    const listed = Object((await get('/v1/tokens?limit=500')).json).items;
    expect(listed).toContainEqual(expect.objectContaining({ id: token, lastUsed: expect.anything() }));
    const compatible: unknown = JSON.parse((await get('/tokens/v2/acme')).text);
    expect(compatible).toContainEqual(
      expect.objectContaining({ id: token, lastUsed: expect.stringMatching(/^20.*Z$/) }),
    );
    const foreign = await get(`/v1/tokens/${token}/users`, server.rival.token);
    expect(foreign.json).toMatchObject({ code: 'token_not_found' });
    expect((await get(`/v1/tokens/${token}/users?days=0`)).status).toBe(422);
  });
});

describe('statistics', () => {
  test('tell what the account let in by service and day, with browsers and hosts', async () => {
    const token = await tokenOf('acme');
    const now = Date.now();
    const parts = [
      used(token, { count: 4 }),
      used(token, { count: 2, service: 'search', origin: 'b.example' }),
      used(token, { count: 7, outcome: 'revoked' }),
      used(token, { at: now - 2 * DAY, count: 5 }),
    ];
    await report(
      batchOf({
        counters: parts.flatMap(({ counters }) => counters),
        sources: parts.flatMap(({ sources }) => sources),
      }),
      { sentAt: now },
    );
    const date = (at: number) => new Date(at).toISOString().slice(0, 10);
    const { json, status } = await get(`/statistics/v1?token_id=${token}`);
    expect(status).toBe(200);
    expect(json).toEqual({
      data: {
        period: { start: date(now - 29 * DAY), end: date(now) },
        token_id: token,
        activeDays: [date(now - 2 * DAY), date(now)],
        products: {
          maps: {
            daily: [
              { date: date(now - 2 * DAY), usage: 5 },
              { date: date(now), usage: 4 },
            ],
            dimensions: {
              browsers: [{ name: 'Firefox', usage: 9 }],
              countries: [],
              hosts: [{ name: 'shop.example', usage: 9 }],
            },
          },
          search: {
            daily: [{ date: date(now), usage: 2 }],
            dimensions: {
              browsers: [{ name: 'Firefox', usage: 2 }],
              countries: [],
              hosts: [{ name: 'b.example', usage: 2 }],
            },
          },
        },
      },
      generated_at: expect.stringMatching(/^20.*Z$/),
    });
    const period = `period_start=${date(now - DAY)}&period_end=${date(now)}`;
    expect((await get(`/statistics/v1?token_id=${token}&${period}`)).json).toMatchObject({
      data: { token_id: token, activeDays: [date(now)] },
    });
  });

  test.each([
    'period_start=2026-13-01',
    'period_end=2026-02-30',
    'period_start=2026-02-02&period_end=2026-02-01',
    'period_start=2026-01-01&period_end=2026-02-01',
    'period_start=1.1.2026',
  ])('refuse %s with 422', async (query) => {
    const { json, status } = await get(`/statistics/v1?${query}`);
    expect({ status, json }).toMatchObject({
      status: 422,
      json: { message: 'period is invalid', code: 'period_invalid' },
    });
  });

  test('take 31 days, and know no token of another account', async () => {
    expect((await get('/statistics/v1?period_start=2026-01-01&period_end=2026-01-31')).status).toBe(200);
    const foreign = await get(`/statistics/v1?token_id=${server.rival.tokenId}`);
    expect(foreign.json).toMatchObject({ message: 'Not Found', code: 'token_not_found' });
    const { json } = await server.callAs(server.acme.token, 'POST', '/v1/tokens', {
      scopes: ['tokens:read'],
    });
    const lacking = await get('/statistics/v1', String(Reflect.get(Object(json), 'token')));
    expect({ status: lacking.status, json: lacking.json }).toMatchObject({
      status: 403,
      json: { message: 'Forbidden', code: 'insufficient_scope' },
    });
  });
});

describe('a refusal', () => {
  const refusal = (requestId: string, token: string | null): ReportedRefusal => ({
    requestId,
    at: Date.now(),
    token: token === null ? null : idOf(token),
    reason: 'url_not_allowed',
    status: 403,
    message: 'Forbidden',
    detail: 'Origin is "https://evil.example", which this token does not list.',
    fix: 'Add the page.',
    method: 'GET',
    service: 'maps',
    requires: ['styles:read'],
    origin: 'evil.example',
    trace: [{ check: 'url', outcome: 'failed', saw: 'https://evil.example', wants: 'a page of the token' }],
  });
  const explain = (requestId: string, token = server.acme.token) =>
    server.callAs(token, 'POST', '/v1/explain', { requestId });

  test('is explained by its request id to the account of the token and to the operator', async () => {
    const token = await tokenOf('acme');
    await report(batchOf({ refusals: [refusal('request-of-acme', token), refusal('nobody', null)] }));
    const { json, status } = await explain('request-of-acme');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      allowed: false,
      reason: 'url_not_allowed',
      status: 403,
      requires: ['styles:read'],
      token: { id: token, account: 'acme' },
      refusal: { requestId: 'request-of-acme', method: 'GET', service: 'maps', origin: 'evil.example' },
      trace: [{ check: 'url', outcome: 'failed', saw: 'https://evil.example' }],
    });
    expect((await explain('request-of-acme', server.operator)).status).toBe(200);
    expect((await explain('nobody', server.operator)).json).toMatchObject({ token: null });
    const answers = [
      await explain('request-of-acme', server.rival.token),
      await explain('nobody', server.rival.token),
      await explain('unknown', server.rival.token),
    ].map(({ status: of, json: body }) => ({ of, body: { ...Object(body), requestId: '' } }));
    expect(answers[0]).toMatchObject({ of: 404, body: { code: 'refusal_not_found' } });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('is asked for alone: not together with a described request', async () => {
    const both = { requestId: 'a', token: 'b', request: { url: '/' } };
    const { json } = await server.callAs(server.acme.token, 'POST', '/v1/explain', both);
    expect(json).toMatchObject({ code: 'body_invalid' });
  });
});

test('a secret that a verifier saw in a URL is listed as exposed, whatever verifier of before the news reports', async () => {
  const id = idOf(await tokenOf('acme'));
  const at = Date.now();
  const exposures = [{ token: id, service: 'maps', origin: 'shop.example', client: 'curl', at }];
  expect((await report(batchOf({ exposures }))).json).toMatchObject({ taken: true });
  const exposed = await get('/v1/tokens?exposed=true');
  expect(exposed.json?.items).toMatchObject([
    {
      id,
      exposed: { service: 'maps', origin: 'shop.example', client: 'curl' },
    },
  ]);
  const { exposures: _, ...old } = JSON.parse(formatUsageBatch(batchOf()));
  const answer = await server.call(`/v1/usage/batches?sentAt=${at}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sync}`, 'content-type': 'application/json' },
    body: JSON.stringify(old),
  });
  expect(answer.json).toMatchObject({ taken: true });
});
