import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let as: oauth.AuthorizationServer;

beforeAll(async () => {
  server = await startTestServer();
  as = {
    issuer: server.url,
    introspection_endpoint: `${server.url}/oauth2/introspect`,
    revocation_endpoint: `${server.url}/oauth2/revoke`,
  };
});
afterAll(() => server.close());

const plainHttp = { [oauth.allowInsecureRequests]: true };
const acme: oauth.Client = { client_id: 'acme' };
const basic = () => oauth.ClientSecretBasic(server.acme.token);
const bearer =
  (token: string): oauth.ClientAuth =>
  (_as, _client, _body, headers) => {
    headers.set('authorization', `Bearer ${token}`);
  };

const basicOf =
  (credentials: string): oauth.ClientAuth =>
  (_as, _client, _body, headers) => {
    headers.set('authorization', `Basic ${btoa(credentials)}`);
  };

async function introspect(token: string, auth = basic(), client = acme) {
  const response = await oauth.introspectionRequest(as, client, auth, token, plainHttp);
  return oauth.processIntrospectionResponse(as, client, response);
}

async function revoke(token: string, auth = basic(), client = acme): Promise<Response> {
  const response = await oauth.revocationRequest(as, client, auth, token, plainHttp);
  await oauth.processRevocationResponse(response.clone());
  return response;
}

async function make(body: object = {}): Promise<{ id: string; token: string }> {
  const made = await server.callAs(server.acme.token, 'POST', '/v1/tokens', {
    scopes: ['styles:read', 'uploads:list'],
    ...body,
  });
  return { id: String(made.json?.id), token: String(made.json?.token) };
}

function post(
  path: string,
  init: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
) {
  return server.call(path, {
    method: 'POST',
    body: init.body ?? '',
    headers: {
      authorization: `Bearer ${server.acme.token}`,
      'content-type': 'application/x-www-form-urlencoded',
      ...init.headers,
    },
  });
}

describe('a standard client', () => {
  test.each([
    ['Basic', basic],
    ['Bearer', () => bearer(server.acme.token)],
  ])('introspects a token of its account by %s, with all that limits it', async (_, auth) => {
    const { id, token } = await make({ expires: '2030-01-01T00:00:00Z', resources: ['/styles/v1/acme'] });
    expect(await introspect(token, auth())).toEqual({
      active: true,
      scope: 'styles:read uploads:list',
      client_id: 'acme',
      sub: 'acme',
      token_type: 'Bearer',
      jti: id,
      iat: expect.any(Number),
      exp: Date.parse('2030-01-01T00:00:00Z') / 1000,
      restrictions: [{ kind: 'resources', prefixes: ['/styles/v1/acme'] }],
    });
  });

  test('revokes a token, once and again, and is told the revision of the change', async () => {
    const { id, token } = await make();
    const answer = await revoke(token);
    expect(Number(answer.headers.get('latchkey-revision'))).toBeGreaterThan(0);
    expect(await introspect(token)).toEqual({ active: false });
    const shown = await server.callAs(server.acme.token, 'GET', `/v1/tokens/${id}`);
    expect(shown.json).toMatchObject({ status: 'revoked' });
    expect((await revoke(token)).headers.get('latchkey-revision')).toBeNull();
  });

  test('may introspect every token as the operator, and revoke only its own', async () => {
    const { token } = await make();
    const operator = { client_id: 'operator' };
    const auth = oauth.ClientSecretBasic(server.operator);
    expect(await introspect(token, auth, operator)).toMatchObject({ active: true, sub: 'acme' });
    await revoke(token, auth, operator);
    expect(await introspect(token)).toMatchObject({ active: true });
  });

  test.each([
    ['an unknown password', () => oauth.ClientSecretBasic(`${server.acme.token.slice(0, -3)}AAA`), acme],
    ["another account's password", () => oauth.ClientSecretBasic(server.rival.token), acme],
    ['an empty password', () => basicOf('acme:'), acme],
    ['no password', () => basicOf('acme'), acme],
    ['a password that is no token', () => oauth.ClientSecretBasic('pass:word é'), acme],
    ['an unknown user', basic, { client_id: 'nobody' }],
  ])('with %s is not authenticated, and is challenged for Basic', async (_, auth, client) => {
    for (const request of [oauth.introspectionRequest, oauth.revocationRequest]) {
      const response = await request(as, client, auth(), 'x', plainHttp);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="Latchkey"');
      expect(await response.json()).toEqual({
        error: 'invalid_client',
        error_description: 'The client is not authenticated',
      });
    }
  });

  test('without any authentication is challenged for Bearer, and with too narrow a token told the scope', async () => {
    const none = await oauth.introspectionRequest(as, acme, oauth.None(), 'x', plainHttp);
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer /),
    ]);
    const { token } = await make();
    const narrow = await oauth.revocationRequest(as, acme, bearer(token), 'x', plainHttp);
    expect(narrow.status).toBe(403);
    expect(narrow.headers.get('www-authenticate')).toContain('insufficient_scope');
    expect(await narrow.json()).toMatchObject({ error: 'insufficient_scope' });
  });
});

test("another account's token is answered as one that nobody has, and goes on", async () => {
  const { publicToken } = server.rival;
  const random = `${publicToken.slice(0, -4)}AAAA`;
  for (const path of ['/oauth2/introspect', '/oauth2/revoke']) {
    const seen = async (token: string) => {
      const { status, text, headers } = await post(path, { body: `token=${token}` });
      const kept = Object.fromEntries(headers);
      delete kept['x-request-id'];
      delete kept.date;
      return { status, text, kept };
    };
    expect(await seen(publicToken)).toEqual(await seen(random));
    expect(await seen(publicToken)).toEqual(await seen('no+token+at+all'));
  }
  expect(await introspect(publicToken, bearer(server.rival.token))).toMatchObject({ active: true });
});

test('what is expired, revoked with its maker or of a suspended account is not active', async () => {
  const { json } = await server.callAs(server.acme.token, 'POST', '/tokens/v2/acme', {
    scopes: ['styles:read'],
    expires: new Date(Date.now() + 60_000).toISOString(),
  });
  expect(await introspect(String(json?.token))).toMatchObject({ active: true, exp: expect.any(Number) });
  await server.operatorClient.native.accounts.suspend('rival');
  const operator = [oauth.ClientSecretBasic(server.operator), { client_id: 'operator' }] as const;
  expect(await introspect(server.rival.publicToken, ...operator)).toEqual({ active: false });
  await server.operatorClient.native.accounts.resume('rival');
});

describe.each(['/oauth2/introspect', '/oauth2/revoke'])('the form of %s', (path) => {
  test.each([
    ['without the token', {}, 400, 'The parameter token is missing'],
    ['with an empty token', { body: 'token=' }, 400, 'The parameter token is missing'],
    ['with the token twice', { body: 'token=a&token=a' }, 400, 'A parameter came more than once'],
    ['with a broken escape', { body: 'token=%zz' }, 400, 'A parameter is not percent-encoded UTF-8'],
    ['with broken UTF-8', { body: 'token=%ff' }, 400, 'A parameter is not percent-encoded UTF-8'],
    ['with raw bytes', { body: Uint8Array.of(0xff, 0x3d) }, 400, 'A parameter is not percent-encoded UTF-8'],
    [
      'as JSON',
      { body: '{"token":"a"}', headers: { 'content-type': 'application/json' } },
      415,
      'Send the parameters as application/x-www-form-urlencoded, in UTF-8',
    ],
    ['too long', { body: `token=${'a'.repeat(70_000)}` }, 413, 'The body is too long'],
  ])('%s is refused by name', async (_, init, status, description) => {
    const answer = await post(path, init);
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ error: 'invalid_request', error_description: description });
  });

  test('may hold parameters that nobody knows', async () => {
    expect((await post(path, { body: 'token=a&token_type_hint=refresh_token&more' })).status).toBe(200);
  });
});

test('a caller with its token in two places is refused', async () => {
  const answer = await post(`/oauth2/introspect?access_token=${server.acme.token}`, { body: 'token=a' });
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({ error: 'invalid_request' });
});

test('nothing of a token stands in the log', () => {
  const log = server.logged.join('\n');
  expect(log).toContain('/oauth2/introspect');
  expect(log).not.toContain(server.acme.token.split('.')[2] ?? 'no signature');
});
