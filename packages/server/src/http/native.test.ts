import { LatchkeyApiError } from '@latchkey/wire/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

const yaml = `
services:
  - name: styles
    title: Styles
    description: Map styles & "themes".
    routes:
      - methods: [GET]
        path: /styles/v1/{account}/{style}
        scopes: [styles:read]
        description: Reads a style.
`;

let server: TestServer;
let now = Date.UTC(2026, 10, 23, 12);

beforeAll(async () => {
  server = await startTestServer({ yaml, now: () => now });
});
afterAll(() => server.close());

const acme = () => server.acme.client.native;
const inHours = (hours: number) => new Date(now + hours * 3_600_000).toISOString();

async function refusal(call: Promise<unknown>): Promise<LatchkeyApiError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof LatchkeyApiError) return error;
    throw error;
  }
  throw new Error('the call was not refused');
}

describe('accounts', () => {
  test('the operator makes, lists, reads, suspends and resumes them', async () => {
    const { accounts } = server.operatorClient.native;
    const made = await accounts.create({ name: 'orchard', allowance: ['styles:read', 'tokens:read'] });
    expect(made.account).toMatchObject({ name: 'orchard', kind: 'customer', status: 'active' });
    expect(made.token.scopes).toEqual(['styles:read', 'tokens:read']);
    expect(made.defaultToken).toMatchObject({ usage: 'pk', default: true, scopes: ['styles:read'] });
    expect((await accounts.get('orchard')).allowance).toEqual(['styles:read', 'tokens:read']);
    expect(await accounts.suspend('orchard')).toMatchObject({ status: 'suspended' });
    expect(await accounts.suspend('orchard')).toMatchObject({ status: 'suspended' });
    expect(await accounts.resume('orchard')).toMatchObject({ status: 'active' });
    const names: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await accounts.list({ limit: 2, cursor });
      names.push(...page.items.map(({ name }) => name));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(names).toEqual(['acme', 'operator', 'orchard', 'rival']);
  });

  test('a name that is taken, or is none, is refused with the field', async () => {
    const { accounts } = server.operatorClient.native;
    expect(await refusal(accounts.create({ name: 'acme' }))).toMatchObject({
      status: 409,
      code: 'account_exists',
    });
    expect(await refusal(accounts.create({ name: 'No--Name' }))).toMatchObject({
      status: 422,
      code: 'account_name_invalid',
      field: 'name',
    });
    expect(await refusal(accounts.get('nobody'))).toMatchObject({ status: 404, code: 'account_not_found' });
    expect(await refusal(accounts.suspend('operator'))).toMatchObject({
      status: 409,
      code: 'operator_account',
    });
  });

  test('the same Idempotency-Key makes one account, and shows its secret once', async () => {
    const { accounts } = server.operatorClient.native;
    const first = await accounts.create({ name: 'vineyard' }, { idempotencyKey: 'v-1' });
    const second = await accounts.create({ name: 'vineyard' }, { idempotencyKey: 'v-1' });
    expect(second).toMatchObject({ code: 'secret_already_shown', token: { id: first.token.id } });
    expect(second.token.token).toBeUndefined();
  });
});

describe('tokens', () => {
  test('can say what the Tokens API cannot: expiry, addresses, strict paths', async () => {
    const made = await acme().tokens.create({
      scopes: ['styles:read'],
      expires: inHours(48),
      allowedAddresses: ['203.0.113.7', '10.0.0.0/8'],
      allowedUrls: ['https://example.com/maps'],
      strictPaths: true,
    });
    expect(made).toMatchObject({
      account: 'acme',
      usage: 'pk',
      status: 'active',
      expires: inHours(48),
      allowedAddresses: ['203.0.113.7', '10.0.0.0/8'],
      allowedUrls: ['https://example.com/maps'],
      strictPaths: true,
    });
    expect(made.warnings).toContainEqual(expect.objectContaining({ code: 'path_advisory' }));
    const { warnings: _warnings, ...kept } = made;
    const createdBy = { kind: 'token', id: server.acme.tokenId, account: 'acme' };
    expect(await acme().tokens.get(made.id)).toEqual({ ...kept, createdBy });
    const lifted = await acme().tokens.update(made.id, { expires: null, allowedAddresses: null });
    expect(lifted).not.toHaveProperty('expires');
    expect(lifted).not.toHaveProperty('allowedAddresses');
  });

  test('an expired one is shown so, and a revoked one can still be read', async () => {
    const made = await acme().tokens.create({ scopes: ['uploads:read'], expires: inHours(1) });
    now += 3_600_000;
    expect(await acme().tokens.get(made.id)).toMatchObject({ status: 'expired' });
    await acme().tokens.revoke(made.id);
    expect(await acme().tokens.get(made.id)).toMatchObject({ status: 'revoked', revoked: inHours(0) });
    expect(await refusal(acme().tokens.update(made.id, { note: 'x' }))).toMatchObject({
      status: 409,
      code: 'token_revoked',
    });
  });

  test('are found by text, usage, status, scope and default, in any combination and page by page', async () => {
    for (const note of ['Harbour map', 'harbour upload', 'Garden']) {
      await acme().tokens.create({
        scopes: [note.includes('upload') ? 'uploads:write' : 'fonts:read'],
        note,
      });
    }
    const notes = async (query: Parameters<ReturnType<typeof acme>['tokens']['list']>[0]) =>
      (await acme().tokens.list(query)).items.map(({ note }) => note);
    expect((await notes({ text: 'HARBOUR' })).sort()).toEqual(['Harbour map', 'harbour upload']);
    expect(await notes({ text: 'harbour', usage: 'sk' })).toEqual(['harbour upload']);
    expect(await notes({ text: 'harbour', scope: 'fonts:read' })).toEqual(['Harbour map']);
    expect(await notes({ default: true })).toEqual(['Default public token']);
    expect(await notes({ status: 'revoked', text: 'harbour' })).toEqual([]);
    const first = await acme().tokens.list({ limit: 1 });
    const second = await acme().tokens.list({ limit: 1, cursor: first.next ?? '' });
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
  });

  test('bad parameters and times are refused by name', async () => {
    const list = (query: string) => server.callAs(server.acme.token, 'GET', `/v1/tokens?${query}`);
    expect(await list('status=gone')).toMatchObject({
      status: 422,
      json: {
        code: 'query_invalid',
        field: 'status',
        detail: 'status must be active or expired or revoked.',
      },
    });
    expect(await list('cursor=x')).toMatchObject({ status: 422, json: { code: 'start_invalid' } });
    expect(await refusal(acme().tokens.create({ scopes: [], expires: 'later' }))).toMatchObject({
      status: 422,
      code: 'expires_invalid',
      field: 'expires',
    });
  });
});

describe('audit', () => {
  test('tells who did what, newest first, without secrets', async () => {
    const made = await acme().tokens.create({ scopes: ['uploads:write'], note: 'audited' });
    const { items, next } = await acme().audit({ subject: made.id });
    expect(items).toMatchObject([
      {
        action: 'token.create',
        account: 'acme',
        actor: { kind: 'token', id: server.acme.tokenId },
        before: null,
      },
    ]);
    expect(next).toBeNull();
    expect(JSON.stringify(items)).not.toContain(String(made.token));
    const page = await acme().audit({ limit: 1 });
    const later = await acme().audit({ limit: 1, cursor: page.next ?? '' });
    expect(later.items[0]?.sequence).toBeLessThan(page.items[0]?.sequence ?? 0);
  });
});

describe('explain', () => {
  test('names the first check that fails, what was seen, and the fix', async () => {
    const { id } = await acme().tokens.create({
      scopes: ['styles:read'],
      allowedUrls: ['https://app.example'],
    });
    const request = {
      url: 'https://api.example.com/styles/v1/acme/streets?x=1',
      headers: { ORIGIN: 'https://evil.example' },
    };
    const refused = await acme().explain({ token: id, request });
    expect(refused).toMatchObject({
      allowed: false,
      reason: 'url_not_allowed',
      status: 403,
      message: 'Forbidden',
      requires: ['styles:read'],
      route: { service: 'styles', path: '/styles/v1/{account}/{style}' },
      token: { id, account: 'acme', usage: 'pk' },
    });
    expect(refused.fix).toMatch(/\S/);
    expect(refused.trace.find(({ check }) => check === 'url')).toMatchObject({ outcome: 'failed' });
    const allowed = await acme().explain({
      token: id,
      request: { ...request, headers: { Origin: 'https://app.example' } },
    });
    expect(allowed).toMatchObject({ allowed: true, reason: null, fix: null });
    expect(allowed.trace.every(({ outcome }) => outcome !== 'failed')).toBe(true);
  });

  test('takes the scopes that it is given before those of the services', async () => {
    const body = { token: server.acme.publicTokenId, request: { url: '/uploads/v1/acme', method: 'POST' } };
    expect(await acme().explain({ ...body, scopes: ['uploads:write'] })).toMatchObject({
      reason: 'insufficient_scope',
      message: 'This API requires a token with uploads:write scope.',
      route: null,
    });
  });
});

describe('what anyone may read', () => {
  test('services and scopes are those that are enforced, on the page as in the API', async () => {
    const { services } = await acme().services();
    expect(services).toMatchObject([{ name: 'styles', routes: [{ scopes: ['styles:read'] }] }]);
    const { scopes } = await acme().scopes();
    expect(scopes).toContainEqual(
      expect.objectContaining({ id: 'verifiers:sync', operatorOnly: true, public: false }),
    );
    const page = await server.call('/docs/scopes');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain('GET /styles/v1/{account}/{style}');
    expect(page.text).toContain('Map styles &amp; &quot;themes&quot;.');
  });
});
