import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;
let now = Date.UTC(2026, 10, 23, 12);

beforeAll(async () => {
  server = await startTestServer({ now: () => now });
});
afterAll(() => server.close());

const inMinutes = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const acme = (method: string, path: string, body?: unknown) =>
  server.callAs(server.acme.token, method, `/tokens/v2/acme${path}`, body);
const query = (token: string) => `access_token=${encodeURIComponent(token)}`;

describe('create, list, update and delete', () => {
  test('a public token is answered whole, with its text, every time', async () => {
    const made = await acme('POST', '', { scopes: ['styles:read'], note: 'Map' });
    expect(made.status).toBe(200);
    expect(made.json).toMatchObject({
      usage: 'pk',
      client: 'api',
      default: false,
      note: 'Map',
      scopes: ['styles:read'],
    });
    expect(made.json?.created).toBe(made.json?.modified);
    expect(made.json).not.toHaveProperty('allowedUrls');
    expect(made.json).not.toHaveProperty('resources');
    const listed = await acme('GET', '?usage=pk');
    expect(listed.text).toContain(String(made.json?.token));
    expect(listed.headers.get('cache-control')).toBe('private, no-store');
  });

  test('the text of a secret token is told in the answer to its creation and nowhere else', async () => {
    const made = await acme('POST', '', { scopes: ['uploads:write'] });
    expect(made.json?.token).toMatch(/^sk\.eyJ1/);
    const { id, token } = made.json ?? {};
    expect((await acme('GET', '')).text).not.toContain(String(token));
    expect((await acme('PATCH', `/${id}`, { note: 'x' })).json).not.toHaveProperty('token');
  });

  test('a creator that is bound to resources makes tokens within them, and none beyond', async () => {
    const resources = ['/styles/v1/acme'];
    const creator = await acme('POST', '', { scopes: ['tokens:write', 'styles:read'], resources });
    const make = (body: unknown) =>
      server.callAs(String(creator.json?.token), 'POST', '/tokens/v2/acme', body);
    const within = { scopes: ['styles:read'], resources: ['/styles/v1/acme/streets'] };
    expect((await make(within)).json).toMatchObject({ usage: 'pk', resources: within.resources });
    for (const beyond of [
      { scopes: ['styles:read'] },
      { scopes: ['styles:read'], resources: ['/fonts/v1'] },
    ]) {
      const refused = await make(beyond);
      expect(refused.status).toBe(422);
      expect(refused.json).toMatchObject({ message: 'resources are invalid', code: 'resources_invalid' });
    }
  });

  test('no scopes make a public token', async () => {
    expect((await acme('POST', '', { scopes: [] })).json).toMatchObject({ usage: 'pk', note: null });
  });

  test('an update changes what is sent, null lifts a restriction, and nothing changes nothing', async () => {
    const { json } = await acme('POST', '', {
      scopes: ['styles:read'],
      allowedUrls: ['Example.COM'],
      note: 'a',
    });
    expect(json).toMatchObject({ allowedUrls: ['example.com'] });
    const path = `/${json?.id}`;
    expect((await acme('PATCH', path, {})).json).toEqual({ ...json, warnings: undefined });
    const lifted = await acme('PATCH', path, { allowedUrls: null });
    expect(lifted.status).toBe(200);
    expect(lifted.json).not.toHaveProperty('allowedUrls');
    expect(lifted.json).toMatchObject({ note: 'a', token: json?.token });
  });

  test('a deleted token is gone from list and update, and a second delete finds nothing', async () => {
    const { json } = await acme('POST', '', { scopes: ['styles:read'] });
    const deleted = await acme('DELETE', `/${json?.id}`);
    expect(deleted).toMatchObject({ status: 204, text: '' });
    expect((await acme('GET', '?limit=500')).text).not.toContain(String(json?.id));
    expect(await acme('PATCH', `/${json?.id}`, { note: 'x' })).toMatchObject({
      status: 404,
      json: { message: 'Not Found' },
    });
    expect(await acme('DELETE', `/${json?.id}`)).toMatchObject({
      status: 404,
      json: { message: 'Not Found' },
    });
  });

  test('the default token is found, left out, and succeeded when it is deleted', async () => {
    const [first] = JSON.parse((await acme('GET', '?default=true')).text);
    expect(first).toMatchObject({ default: true, note: 'Default public token', usage: 'pk' });
    expect((await acme('GET', '?default=false&limit=500')).text).not.toContain(first.id);
    expect((await acme('DELETE', `/${first.id}`)).status).toBe(204);
    const after = JSON.parse((await acme('GET', '?default=true')).text);
    expect(after).toHaveLength(1);
    expect(after[0].id).not.toBe(first.id);
  });

  test.each(['uploads:write', 'styles:read'])(
    'a repeated Idempotency-Key gives the same token of %s and never its text again',
    async (scope) => {
      const init = {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.acme.token}`,
          'content-type': 'application/json',
          'idempotency-key': `order of ${scope}`.replaceAll(' ', '-'),
        },
        body: JSON.stringify({ scopes: [scope] }),
      };
      const first = await server.call('/tokens/v2/acme', init);
      const second = await server.call('/tokens/v2/acme', init);
      expect(second.status).toBe(200);
      expect(second.json).toMatchObject({ id: first.json?.id, code: 'secret_already_shown' });
      expect(second.json).not.toHaveProperty('token');
      const other = await server.call('/tokens/v2/acme', { ...init, body: '{"scopes":["uploads:read"]}' });
      expect(other).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
    },
  );
});

describe('temporary tokens', () => {
  test('have the four fields that clients know', async () => {
    const made = await acme('POST', '', { scopes: ['styles:read'], expires: inMinutes(60) });
    expect(made).toMatchObject({
      status: 200,
      json: { issued_at: inMinutes(0), expires: inMinutes(60), expires_in: 3600 },
    });
    expect(made.json?.token).toMatch(/^tk\.eyJ1/);
  });

  test('are refused in the past, too far ahead, and when the text is no time', async () => {
    const create = (expires: string) => acme('POST', '', { scopes: ['styles:read'], expires });
    expect(await create(inMinutes(-1))).toMatchObject({
      status: 422,
      json: { message: 'expires is in the past', code: 'expires_in_past' },
    });
    expect(await create(inMinutes(61))).toMatchObject({
      status: 422,
      json: { message: 'expires is more than one hour in the future', code: 'expires_too_far' },
    });
    expect(await create('soon')).toMatchObject({
      status: 422,
      json: { message: 'expires is invalid', field: 'expires' },
    });
  });

  test('make only temporary tokens that end no later than themselves', async () => {
    const scopes = ['tokens:write', 'styles:read'];
    const { json } = await acme('POST', '', { scopes, expires: inMinutes(30) });
    const temporary = String(json?.token);
    const create = (body: unknown) => server.callAs(temporary, 'POST', '/tokens/v2/acme', body);
    expect(await create({ scopes: ['styles:read'] })).toMatchObject({
      status: 403,
      json: { code: 'caller_is_temporary' },
    });
    expect(await create({ scopes: ['styles:read'], expires: inMinutes(31) })).toMatchObject({
      status: 422,
      json: { message: 'expires may not be greater than the expiration of the authorizing token' },
    });
    expect((await create({ scopes: ['styles:read'], expires: inMinutes(30) })).status).toBe(200);
  });

  test('are refused from their expiry on', async () => {
    const { json } = await acme('POST', '', { scopes: ['tokens:read'], expires: inMinutes(10) });
    const list = () => server.callAs(String(json?.token), 'GET', '/tokens/v2/acme');
    expect((await list()).status).toBe(200);
    now += 10 * 60_000;
    expect(await list()).toMatchObject({ status: 401, json: { message: 'Unauthorized', code: 'expired' } });
    expect((await server.call(`/tokens/v2?${query(String(json?.token))}`)).json).toMatchObject({
      code: 'TokenExpired',
    });
  });
});

describe('validate', () => {
  const validate = (token: string) => server.call(`/tokens/v2?${query(token)}`);

  test('tells usage, user and id of a public or secret token, and nothing else', async () => {
    expect(JSON.parse((await validate(server.acme.token)).text)).toEqual({
      code: 'TokenValid',
      token: { usage: 'sk', user: 'acme', authorization: server.acme.tokenId },
    });
  });

  test('tells what a temporary token says of itself', async () => {
    const { json } = await acme('POST', '', { scopes: ['styles:read'], expires: inMinutes(5) });
    expect(JSON.parse((await validate(String(json?.token))).text)).toEqual({
      code: 'TokenValid',
      token: {
        usage: 'tk',
        user: 'acme',
        expires: json?.expires,
        created: json?.issued_at,
        scopes: ['styles:read'],
        client: 'api',
      },
    });
  });

  test.each([
    ['nonsense', 'TokenMalformed'],
    ['xx.abc.def', 'TokenMalformed'],
    ['pk.abc', 'TokenMalformed'],
    ['pk.abc.123', 'TokenInvalid'],
  ])('%s is answered with 200 and %s', async (text, code) => {
    expect(await validate(text)).toMatchObject({ status: 200, json: { code } });
  });

  test('a revoked token is called so to whoever holds its text', async () => {
    const { json } = await acme('POST', '', { scopes: ['styles:read'] });
    await acme('DELETE', `/${json?.id}`);
    expect((await validate(String(json?.token))).json).toMatchObject({ code: 'TokenRevoked' });
    const near = `${String(json?.token).slice(0, -2)}AA`;
    expect((await validate(near)).text).toBe('{"code":"TokenInvalid"}');
  });

  test.each(['/tokens/v2', '/tokens/v2/', '/tokens/v2?access_token='])('%s wants a token', async (path) => {
    expect(await server.call(path)).toMatchObject({
      status: 422,
      json: { message: 'access token is required', code: 'access_token_required' },
    });
  });
});

describe('scopes list', () => {
  test('marks public scopes and leaves the mark out of secret ones', async () => {
    const { status, text } = await server.callAs(server.acme.token, 'GET', '/scopes/v1/acme');
    expect(status).toBe(200);
    const scopes: { id: string; public?: boolean }[] = JSON.parse(text);
    expect(scopes.find(({ id }) => id === 'styles:read')).toMatchObject({ public: true });
    expect(scopes.find(({ id }) => id === 'tokens:write')).not.toHaveProperty('public');
    expect(scopes.map(({ id }) => id)).not.toContain('accounts:write');
    const own = await server.callAs(server.operator, 'GET', '/scopes/v1/operator');
    expect(own.text).toContain('"accounts:write"');
  });
});

describe('errors', () => {
  test('every error has message, code, docs and the request id of its header', async () => {
    const { headers, json } = await server.call('/tokens/v2/acme');
    expect(json).toEqual({
      message: 'Unauthorized',
      code: 'no_token',
      docs: `${server.url}/docs/errors#no_token`,
      requestId: headers.get('x-request-id'),
    });
    expect((await server.call('/docs/errors')).text).toContain('id="no_token"');
  });

  test.each([
    ['GET', '?usage=tk', undefined, 422, 'usage must be pk or sk', 'usage_invalid'],
    ['GET', '?default=yes', undefined, 422, 'default must be true or false', 'default_invalid'],
    ['GET', '?limit=0', undefined, 422, 'limit must be from 1 to 500', 'limit_invalid'],
    ['GET', '?limit=501', undefined, 422, 'limit must be from 1 to 500', 'limit_invalid'],
    ['GET', '?limit=1e2', undefined, 422, 'limit must be from 1 to 500', 'limit_invalid'],
    ['GET', '?sortby=note', undefined, 422, 'sortby must be created or modified', 'sortby_invalid'],
    ['GET', '?start=zzz', undefined, 422, 'Invalid start', 'start_invalid'],
    ['GET', '?usage=pk&usage=sk', undefined, 400, 'Bad Request', 'invalid_request'],
    ['POST', '', { scopes: ['no:such'] }, 422, 'scopes are invalid', 'scopes_invalid'],
    ['POST', '', { scopes: ['accounts:write'] }, 422, 'scopes are invalid', 'scopes_invalid'],
    ['POST', '', { scopes: [], resources: ['styles'] }, 422, 'resources are invalid', 'resources_invalid'],
    ['POST', '', { scopes: [], allowedUrls: ['*'] }, 422, 'allowedUrls are invalid', 'urls_invalid'],
    ['POST', '', { scopes: [], note: 'x'.repeat(129) }, 422, 'note is invalid', 'note_invalid'],
    ['POST', '', { note: 'x' }, 400, 'Bad Request', 'body_invalid'],
    ['PATCH', '/cxxxxxxxxxxxxxxxxxxxxxxxx', { note: 'x' }, 404, 'Not Found', 'token_not_found'],
    ['PATCH', '/nonsense', { note: 'x' }, 404, 'Not Found', 'token_not_found'],
    ['DELETE', '/%00', undefined, 404, 'Not Found', 'token_not_found'],
    ['PUT', '', undefined, 405, 'Method Not Allowed', 'method_not_allowed'],
  ])('%s %s %j is %i %s', async (method, path, body, status, message, code) => {
    expect(await acme(method, path, body)).toMatchObject({ status, json: { message, code } });
  });

  test('an entry that is refused is named with its reason', async () => {
    const { json } = await acme('POST', '', { scopes: [], allowedUrls: ['ok.example', '*.com'] });
    expect(json).toMatchObject({ message: 'allowedUrls are invalid' });
    expect(String(json?.detail)).toContain('*.com');
    expect(String(json?.field)).toContain('allowedUrls');
  });

  test('a missing scope is Not Found where tokens are concerned and Forbidden elsewhere', async () => {
    const { publicToken } = server.rival;
    expect(await server.callAs(publicToken, 'GET', '/tokens/v2/rival')).toMatchObject({
      status: 404,
      json: { message: 'Not Found', code: 'insufficient_scope' },
    });
    const scopes = await server.callAs(publicToken, 'GET', '/scopes/v1/rival');
    expect(scopes).toMatchObject({ status: 403, json: { message: 'Forbidden', code: 'insufficient_scope' } });
    expect(scopes.headers.get('www-authenticate')).toBe(
      'Bearer realm="Latchkey", error="insufficient_scope", scope="scopes:list"',
    );
  });

  test('a suspended account says so', async () => {
    const { name, token } = server.rival;
    await server.operatorClient.native.accounts.suspend(name);
    expect(await server.callAs(token, 'GET', '/tokens/v2/rival')).toMatchObject({
      status: 403,
      json: { message: 'Account suspended', code: 'account_suspended' },
    });
    await server.operatorClient.native.accounts.resume(name);
    expect((await server.callAs(token, 'GET', '/tokens/v2/rival')).status).toBe(200);
  });
});

describe('paths and parameters', () => {
  test('a trailing slash changes nothing, and parameters that nobody knows are ignored', async () => {
    expect((await acme('GET', '/?fresh=true&limit=1')).status).toBe(200);
    expect((await server.call(`/tokens/v2/?${query(server.acme.token)}`)).json).toMatchObject({
      code: 'TokenValid',
    });
  });

  test('two slashes at the end are another path, where there is nothing', async () => {
    const { status, json } = await server.callAs(server.acme.token, 'GET', '/tokens/v2//');
    expect(status).toBe(404);
    expect(json).toMatchObject({ message: 'Not Found', code: 'route_not_found' });
    const one = await server.callAs(server.acme.token, 'PUT', '/tokens/v2/acme/', {});
    expect(one.status).toBe(405);
    expect(one.headers.get('allow')).toBe('GET, POST, OPTIONS');
  });

  test('paging gives every token once, and its links are absolute and hold no token', async () => {
    const ids = new Set<string>();
    for (let count = 0; count < 7; count++) {
      ids.add(String((await acme('POST', '', { scopes: ['fonts:read'], note: 'page' })).json?.id));
    }
    const seen: string[] = [];
    let next: string | null = `${server.url}/tokens/v2/acme?limit=3&usage=pk&${query(server.acme.token)}`;
    while (next !== null) {
      const response: Response = await fetch(next);
      const page: { id: string }[] = JSON.parse(await response.text());
      seen.push(...page.map(({ id }) => id));
      const link = response.headers.get('link');
      if (link === null) break;
      expect(link).toMatch(/^<http:\/\/127\.0\.0\.1:\d+\/tokens\/v2\/acme\?[^>]*>; rel="next"$/);
      expect(link).not.toContain('access_token');
      expect(link).toContain('usage=pk');
      // The SDK adds its token to the link, and keeps the one of the call before.
      next = `${link.slice(1, link.indexOf('>'))}&${query(server.acme.token)}&${query(server.acme.token)}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const id of ids) expect(seen).toContain(id);
  });
});
