import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nativeEndpoints, tokensApiEndpoints } from './endpoints.ts';
import type { TestBrowser } from './testing/browser.ts';
import { startWithFirstPerson } from './testing/first-person.ts';
import type { TestServer } from './testing/start-test-server.ts';

let server: TestServer;
let browser: TestBrowser;

beforeAll(async () => {
  ({ server, browser } = await startWithFirstPerson());
});
afterAll(() => server.close());

/** Every route that reads a body, each with a body that it would take. */
const routes = [...tokensApiEndpoints, ...nativeEndpoints]
  .filter(({ body }) => body !== undefined)
  .map(({ method, path, operationId }) => ({ method: method.toUpperCase(), path, operationId }));

const good: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  createToken: { scopes: ['styles:read'] },
  updateToken: { note: 'changed' },
  createAccount: { name: 'newcomer' },
  createNativeToken: { scopes: ['styles:read'] },
  updateNativeToken: { note: 'changed' },
  revokeTokens: { ids: ['cxxxxxxxxxxxxxxxxxxxxxxxx'], dryRun: true },
  checkUrls: { entries: ['https://example.com'] },
  changeMember: { role: 'viewer' },
  invite: { email: 'ada@example.com', role: 'viewer' },
  rotateToken: { grace: '1h' },
  changeRotation: { grace: '1h' },
  explain: { token: 'pk.a.b', request: { url: '/' } },
};

test('every route that reads a body is among those tried here', () => {
  expect(routes.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(good).sort());
});

/** Tokens manage no members: there it is the owner who calls, from a page of the server. */
function callerOf(path: string): Record<string, string> {
  if (!/^\/v1\/(?:members|invitations)/.test(path)) return { authorization: `Bearer ${server.operator}` };
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return { cookie, 'sec-fetch-site': 'same-origin' };
}

function send(path: string, method: string, body: BodyInit, headers: Record<string, string> = {}) {
  const filled = path
    .replace('{account}', 'operator')
    .replace(/\{(?:id|person)\}/, 'cxxxxxxxxxxxxxxxxxxxxxxxx');
  return server.call(filled, {
    method,
    headers: { ...callerOf(path), 'content-type': 'application/json', ...headers },
    body,
  });
}

describe.each(routes)('$operationId', ({ method, path, operationId }) => {
  const sound = JSON.stringify(good[operationId]);
  const bytes = (text: string) => new TextEncoder().encode(text);
  const within = (more: string) => `${sound.slice(0, -1)},${more}}`;

  test.each([
    ['no object', '[]', undefined],
    ['a text', '"scopes"', undefined],
    ['null', 'null', undefined],
    ['nothing', '', undefined],
    ['broken JSON', `${sound}}`, undefined],
    ['a comment', `${sound} // note`, undefined],
    ['an unknown key', within('"surprise":1'), 'surprise'],
    ['an inherited key', within('"__proto__":{"operatorOnly":true}'), '__proto__'],
    ['an escaped inherited key', within('"__pr\\u006fto__":{}'), '__proto__'],
    ['a constructor', within('"constructor":{"prototype":{}}'), 'constructor'],
    ['a repeated key', within(sound.slice(1, -1)), undefined],
    ['deep nesting', within(`"note":${'['.repeat(16)}${']'.repeat(16)}`), undefined],
    ['half a surrogate pair', within('"note":"\\udfff"'), undefined],
    [
      'bytes that are not UTF-8',
      Uint8Array.from([...bytes('{"note":"'), 0xc3, 0x28, ...bytes('"}')]),
      undefined,
    ],
    ['a byte order mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes(sound)]), undefined],
  ])('%s is 400, names the field, and stores nothing', async (_name, body, field) => {
    const before = await server.auditLength();
    const { status, json } = await send(path, method, body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'body_invalid', detail: expect.stringMatching(/\S/) });
    if (field !== undefined) expect(json?.field).toBe(field);
    expect(await server.auditLength()).toBe(before);
  });

  test.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['application/json; charset=latin1'],
    ['application/jsonp'],
    [''],
  ])('the content type "%s" is 415 and stores nothing', async (type) => {
    const before = await server.auditLength();
    const answer = await send(path, method, sound, { 'content-type': type });
    expect(answer).toMatchObject({ status: 415, json: { code: 'unsupported_media_type' } });
    expect(await server.auditLength()).toBe(before);
  });

  test('a compressed body is 415', async () => {
    expect((await send(path, method, sound, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('more than 64 KiB is 413 and stores nothing', async () => {
    const before = await server.auditLength();
    const answer = await send(path, method, within(`"note":"${'x'.repeat(65_536)}"`));
    expect(answer).toMatchObject({ status: 413, json: { code: 'payload_too_large' } });
    expect(await server.auditLength()).toBe(before);
  });
});

test.each([
  [{ scopes: 'styles:read' }, 'scopes', 'scopes is wrong: it must be a list.'],
  [{ scopes: ['styles:read', 7] }, 'scopes[1]', 'scopes[1] is wrong: it must be a string.'],
  [{ scopes: null }, 'scopes', 'scopes is wrong: it must be a list.'],
  [{}, 'scopes', 'scopes is missing. Send it: a list.'],
  [{ scopes: [], note: 1 }, 'note', 'note is wrong: it must be a string.'],
  [{ scopes: [], allowedUrls: {} }, 'allowedUrls', 'allowedUrls is wrong: it must be a list.'],
  [
    { scopes: [], allowedURLs: [] },
    'allowedURLs',
    'allowedURLs is not a field of this call. Did you mean allowedUrls?',
  ],
  [
    { scopes: [], allowedApplications: [{ platform: 'web', bundleId: 'a.b' }] },
    'allowedApplications[0].platform',
    'allowedApplications[0].platform is wrong: it must be "ios" or "android".',
  ],
  [
    { scopes: [], allowedApplications: [{ platform: 'ios', bundleId: 'a.b', team: 'x' }] },
    'allowedApplications[0].team',
    'allowedApplications[0].team is not a field of this call. Leave it out.',
  ],
])('%j is refused with the field, the problem and the fix', async (body, field, detail) => {
  const answer = await server.callAs(server.acme.token, 'POST', '/tokens/v2/acme', body);
  expect(answer).toMatchObject({ status: 400, json: { message: 'Bad Request', field, detail } });
});

test('a body without a length is cut off at 64 KiB, long before its end', async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const head = [
    'POST /tokens/v2/acme HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${server.acme.token}`,
    'Content-Type: application/json',
    'Transfer-Encoding: chunked',
    '\r\n',
  ].join('\r\n');
  const received = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('requestId')) resolve(text);
    });
    socket.on('error', reject);
  });
  socket.write(head);
  socket.write(`10000\r\n${' '.repeat(65_536)}\r\n`);
  socket.write('1\r\n \r\n');
  expect(await received).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
  socket.destroy();
});
