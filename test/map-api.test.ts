import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTile } from '../examples/map/src/testing/read-tile.ts';
import { type Call, call, field, listOf, textField } from './testing/call.ts';
import { makeAccount } from './testing/make-account.ts';
import { type Demonstration, startDemonstration } from './testing/start-demonstration.ts';
import { until } from './testing/until.ts';

let demo: Demonstration;

beforeAll(async () => {
  demo = await startDemonstration();
});

afterAll(async () => {
  await demo?.close();
  expect(demo?.failures).toEqual([]);
});

const api = (path: string, options?: Call) => call(`${demo.map.apiUrl}${path}`, options);
const withToken = (path: string, token: string) => `${path}?access_token=${token}`;

async function makeToken(
  scopes: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const made = await call(`${demo.latchkeyUrl}/tokens/v2/acme?access_token=${demo.account.token}`, {
    method: 'POST',
    body: { scopes, ...more },
  });
  return textField(made.body, 'token');
}

async function tileAt(path: string, token: string): Promise<ReturnType<typeof readTile>> {
  const answer = await fetch(`${demo.map.apiUrl}${withToken(path, token)}`);
  expect(answer.status).toBe(200);
  return readTile(new Uint8Array(await answer.arrayBuffer()));
}

const POINT = {
  type: 'Feature',
  properties: { name: 'Zürich' },
  geometry: { type: 'Point', coordinates: [8.54, 47.37] },
};

/** Uploads as the account and waits until its tiles are there. */
async function upload(
  json: unknown,
  name = 'Places',
): Promise<{ readonly id: string; readonly tileset: string }> {
  const made = await api(`/uploads/v1/acme?name=${name}`, {
    method: 'POST',
    token: demo.account.token,
    headers: { 'content-type': 'application/geo+json' },
    body: json,
  });
  expect(made.status, made.text).toBe(201);
  const id = textField(made.body, 'id');
  await until(`upload ${id} to be complete`, async () => {
    const { body } = await api(`/uploads/v1/acme/${id}`, { token: demo.account.token });
    return field(body, 'complete') === true ? true : undefined;
  });
  return { id, tileset: textField(made.body, 'tileset') };
}

describe('what each route asks for', () => {
  test.each([
    ['GET', '/styles/v1/acme', 'styles:list'],
    ['GET', '/styles/v1/acme/light', 'styles:read'],
    ['GET', '/v4/world.json', 'styles:tiles'],
    ['GET', '/v4/world/0/0/0.vector.pbf', 'styles:tiles'],
    ['GET', '/fonts/v1/acme/Inter%20Regular/0-255.pbf', 'fonts:read'],
    ['POST', '/uploads/v1/acme', 'uploads:write'],
    ['GET', '/uploads/v1/acme', 'uploads:list'],
    ['GET', '/uploads/v1/acme/none', 'uploads:read'],
    ['DELETE', '/uploads/v1/acme/none', 'uploads:write'],
  ])('%s %s: nothing less than %s, and no token is told so', async (method, path, scope) => {
    const without = await makeToken(['datasets:read']);
    const refused = await api(path, { method, token: without });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      message: `This API requires a token with ${scope} scope.`,
      code: 'insufficient_scope',
    });
    const nobody = await api(path, { method });
    expect(nobody.status).toBe(401);
    expect(nobody.body).toMatchObject({ message: 'Not Authorized - No Token', code: 'no_token' });
    const enough = await api(path, { method, token: await makeToken([scope]) });
    expect([401, 403]).not.toContain(enough.status);
  });

  test('a route that is in no table reaches no handler', async () => {
    const answer = await api('/v4', { token: demo.account.token });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ code: 'route_not_found' });
  });
});

describe('styles and TileJSON', () => {
  test('carry a token that came in the query on to the next URL', async () => {
    const { body } = await api(withToken('/styles/v1/acme/dark', demo.account.defaultToken));
    expect(textField(field(field(body, 'sources'), 'world'), 'url')).toBe(
      `${demo.map.apiUrl}${withToken('/v4/world.json', demo.account.defaultToken)}`,
    );
    const tileJson = await api(withToken('/v4/world.json', demo.account.defaultToken));
    expect(listOf(field(tileJson.body, 'tiles'))).toEqual([
      `${demo.map.apiUrl}${withToken('/v4/world/{z}/{x}/{y}.vector.pbf', demo.account.defaultToken)}`,
    ]);
    expect(textField(tileJson.body, 'attribution')).toContain('Natural Earth');
  });

  test('put a token that came in a header into no URL', async () => {
    for (const path of ['/styles/v1/acme/light', '/styles/v1/acme', '/v4/world.json']) {
      const answer = await api(path, { token: demo.account.token });
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('access_token');
    }
  });

  test('are asked for again each time, and answer 304 when nothing has changed', async () => {
    const path = withToken('/styles/v1/acme/light', demo.account.defaultToken);
    const first = await api(path);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = await api(path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect(again.headers.get('access-control-allow-origin')).toBe('*');
    expect(again.headers.get('cache-control')).toBe('private, no-cache');
  });

  test('of another account are not found, whether it exists or not', async () => {
    const other = await makeAccount({ url: demo.latchkeyUrl, operatorToken: demo.operatorToken }, 'umbrella');
    const existing = await api('/styles/v1/acme/light', { token: other.token });
    const missing = await api('/styles/v1/nobody-here/light', { token: other.token });
    expect(existing.status).toBe(404);
    expect([missing.status, missing.body]).toEqual([existing.status, existing.body]);
  });
});

describe('tiles and glyphs', () => {
  test('the world tile holds the countries', async () => {
    const layers = await tileAt('/v4/world/0/0/0.vector.pbf', demo.account.defaultToken);
    expect(Object.keys(layers).sort()).toEqual(['borders', 'coast', 'countries', 'labels']);
  });

  test.each([
    '/v4/world/9/0/0.vector.pbf',
    '/v4/world/1/2/0.vector.pbf',
    '/v4/mars/0/0/0.vector.pbf',
    '/v4/mars.json',
    '/fonts/v1/acme/Comic%20Sans/0-255.pbf',
    '/fonts/v1/acme/Inter%20Regular/1-256.pbf',
    '/styles/v1/acme/sepia',
  ])('%s is not found, and the answer says what there is', async (path) => {
    const answer = await api(withToken(path, demo.account.defaultToken));
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ message: 'Not Found', code: 'not_found' });
    expect(textField(answer.body, 'detail')).toMatch(/there are|No such/);
  });

  test('of a font stack the first font that there is is served', async () => {
    const answer = await api(
      withToken('/fonts/v1/acme/Comic%20Sans,Inter%20Regular/0-255.pbf', demo.account.defaultToken),
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-protobuf');
  });
});

describe('uploads', () => {
  test('an uploaded file becomes a layer that the public token sees', async () => {
    const { tileset } = await upload({ type: 'FeatureCollection', features: [POINT] });
    const style = await api(withToken('/styles/v1/acme/light', demo.account.defaultToken));
    expect(Object.keys(field(style.body, 'sources') ?? {})).toContain(tileset);
    const layers = await tileAt(`/v4/${tileset}/0/0/0.vector.pbf`, demo.account.defaultToken);
    expect(layers.upload).toEqual([{ name: 'Zürich' }]);
    const empty = await api(withToken(`/v4/${tileset}/1/0/1.vector.pbf`, demo.account.defaultToken));
    expect(empty.status).toBe(204);
  });

  test('another account sees neither upload nor tiles', async () => {
    const { id, tileset } = await upload(POINT);
    const other = await makeAccount({ url: demo.latchkeyUrl, operatorToken: demo.operatorToken }, 'initech');
    const answers = await Promise.all([
      api(`/uploads/v1/acme/${id}`, { token: other.token }),
      api(`/uploads/v1/initech/${id}`, { token: other.token }),
      api(`/v4/${tileset}.json`, { token: other.token }),
      api(`/v4/${tileset}/0/0/0.vector.pbf`, { token: other.token }),
      api(`/uploads/v1/acme/${id}`, { method: 'DELETE', token: other.token }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await api(`/uploads/v1/acme/${id}`, { token: demo.account.token })).status).toBe(200);
  });

  test('a deleted upload is off the map', async () => {
    const { id, tileset } = await upload(POINT);
    const gone = await api(`/uploads/v1/acme/${id}`, { method: 'DELETE', token: demo.account.token });
    expect(gone.status).toBe(204);
    expect((await api(`/v4/${tileset}.json`, { token: demo.account.token })).status).toBe(404);
    const style = await api('/styles/v1/acme/light', { token: demo.account.token });
    expect(style.text).not.toContain(tileset);
  });

  test.each([
    [
      'GeoJSON that is none',
      'application/geo+json',
      '{"type":"Nothing"}',
      422,
      'invalid_geojson',
      'type: "Nothing" is no',
    ],
    [
      'bytes that are not UTF-8',
      'application/geo+json',
      new Uint8Array([0xff, 0xfe]),
      422,
      'invalid_geojson',
      'not UTF-8',
    ],
    [
      'a form',
      'application/x-www-form-urlencoded',
      '{}',
      415,
      'unsupported_media_type',
      'Content-Type: application/geo+json',
    ],
    [
      'too many bytes',
      'application/geo+json',
      ' '.repeat(10 * 1024 * 1024 + 1),
      413,
      'too_large',
      '10485760 bytes',
    ],
  ])('%s is refused with a reason and leaves nothing', async (_, type, body, status, code, detail) => {
    const before = await api('/uploads/v1/acme', { token: demo.account.token });
    const answer = await fetch(`${demo.map.apiUrl}/uploads/v1/acme`, {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${demo.account.token}` },
      body,
    });
    expect(answer.status).toBe(status);
    const refusal: unknown = await answer.json();
    expect(refusal).toMatchObject({ code });
    expect(textField(refusal, 'detail')).toContain(detail);
    expect((await api('/uploads/v1/acme', { token: demo.account.token })).body).toEqual(before.body);
  });
});

describe('what pages get', () => {
  test('a preflight passes without a token, and every answer may be read by any page', async () => {
    const origin = 'https://app.example';
    const preflight = await api('/uploads/v1/acme', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    for (const path of ['/v4/world.json', withToken('/v4/world.json', demo.account.defaultToken), '/v4']) {
      expect((await api(path, { headers: { origin } })).headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  test('a token that is restricted to a site is refused elsewhere, and the body names both', async () => {
    const token = await makeToken(['styles:read'], { allowedUrls: ['https://app.example'] });
    const path = withToken('/styles/v1/acme/light', token);
    expect((await api(path, { headers: { origin: 'https://app.example' } })).status).toBe(200);
    const elsewhere = await api(path, { headers: { origin: 'https://evil.example' } });
    expect(elsewhere.status).toBe(403);
    expect(elsewhere.body).toMatchObject({ message: 'Forbidden', code: 'url_not_allowed' });
    expect(textField(elsewhere.body, 'detail')).toContain('https://evil.example');
    const unseen = await api(path);
    expect(unseen.body).toMatchObject({ code: 'evidence_missing' });
  });

  test('a token that is revoked stops working on the map', async () => {
    const token = await makeToken(['styles:read']);
    const path = withToken('/styles/v1/acme/light', token);
    expect((await api(path)).status).toBe(200);
    const [, payload = ''] = token.split('.');
    const id = textField(JSON.parse(Buffer.from(payload, 'base64').toString()), 'a');
    const revoked = await call(`${demo.latchkeyUrl}/tokens/v2/acme/${id}`, {
      method: 'DELETE',
      token: demo.account.token,
    });
    expect(revoked.status).toBe(204);
    const refused = await until('the revocation to arrive', async () => {
      const answer = await api(path);
      return answer.status === 200 ? undefined : answer;
    });
    expect(refused.status).toBe(401);
    expect(refused.body).toMatchObject({ message: 'Not Authorized - Invalid Token', code: 'revoked' });
  });
});

describe('the page', () => {
  test('is on another origin than the API and knows its token and its scopes', async () => {
    const { apiUrl, pageUrl } = demo.map;
    expect(new URL(pageUrl).origin).not.toBe(new URL(apiUrl).origin);
    const page = await call(pageUrl);
    expect(page.text).toContain(demo.account.defaultToken);
    expect(page.text).toContain('"scopes":["styles:tiles"]');
    expect(page.headers.get('content-security-policy')).toContain(`connect-src 'self' ${apiUrl}`);
  });

  test('lists the scopes that each API requires, from the table that is enforced', async () => {
    const document = (await call(`${demo.map.pageUrl}/scopes`)).text;
    for (const words of [
      'POST /uploads/v1/{account}',
      'uploads:write',
      'GET /v4/{tileset}/{z}/{x}/{y}',
      'styles:tiles',
    ]) {
      expect(document).toContain(words);
    }
  });
});
