import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, field, textField } from './testing/call.ts';
import { parseChallenge } from './testing/challenge.ts';
import { type GuardedApi, startGuardedApi } from './testing/guarded-api.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type RawAnswer, rawRequest } from './testing/raw-http.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

let latchkey: Latchkey;
let api: GuardedApi;
let acme: TestAccount;
let good: string;
let weak: string;
let revoked: string;
let expired: string;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
  api = await startGuardedApi(latchkey, { requires: ['styles:read'] });
  good = textField(await create({ scopes: ['styles:read', 'tokens:read', 'audit:read'] }), 'token');
  weak = textField(await create({ scopes: ['fonts:read'] }), 'token');
  const ended = await create({ scopes: ['styles:read', 'tokens:read', 'audit:read'] });
  revoked = textField(ended, 'token');
  await call(`${latchkey.url}/tokens/v2/acme/${textField(ended, 'id')}`, {
    method: 'DELETE',
    token: acme.token,
  });
  const short = {
    scopes: ['styles:read', 'tokens:read', 'audit:read'],
    expires: new Date(Date.now() + 1500).toISOString(),
  };
  expired = textField(await create(short), 'token');
  await until('the temporary token to expire', async () => {
    const verdict = await call(`${latchkey.url}/tokens/v2?access_token=${expired}`);
    return field(verdict.body, 'code') === 'TokenExpired' ? true : undefined;
  });
  await api.caughtUp();
});
afterAll(async () => {
  await api?.close();
  await latchkey?.stop();
});

async function create(body: Record<string, unknown>): Promise<unknown> {
  const made = await call(`${latchkey.url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body });
  if (made.status !== 200) throw new Error(made.text);
  return made.body;
}

/** Three doors that take the same tokens; each answers refusals in its own form. */
const DOORS = [
  {
    name: 'the Tokens API',
    base: () => latchkey.url,
    target: '/tokens/v2/acme',
    unauthorized: { message: 'Unauthorized' },
    strangers: { message: 'Unauthorized' },
    lacking: {
      status: 404,
      body: { message: 'Not Found', code: 'insufficient_scope' },
      scope: 'tokens:read',
    },
  },
  {
    name: 'the native API',
    base: () => latchkey.url,
    target: '/v1/audit',
    unauthorized: { status: 401 },
    strangers: { status: 401 },
    lacking: { status: 403, body: { status: 403, code: 'insufficient_scope' }, scope: 'audit:read' },
  },
  {
    name: 'an API behind the middleware',
    base: () => api.url,
    target: '/styles/v1/acme/streets',
    unauthorized: { message: 'Not Authorized - No Token', code: 'no_token' },
    strangers: { message: 'Not Authorized - Invalid Token' },
    lacking: {
      status: 403,
      body: { message: 'This API requires a token with styles:read scope.', code: 'insufficient_scope' },
      scope: 'styles:read',
    },
  },
] as const;

type Headers = readonly (readonly [string, string])[];

const bearer = (token: string): Headers => [['Authorization', `Bearer ${token}`]];

describe.each(DOORS)('at $name', (door) => {
  const get = (headers: Headers, query = ''): Promise<RawAnswer> =>
    rawRequest(door.base(), { method: 'GET', target: `${door.target}${query}`, headers });

  const challengeOf = (answer: RawAnswer) => {
    const values = answer.headers.get('www-authenticate') ?? [];
    expect(values.length, 'one challenge').toBe(1);
    const challenge = parseChallenge(values[0] ?? '');
    expect(challenge.scheme).toBe('Bearer');
    return challenge.parameters;
  };

  /** RFC 6750 §3.1: `invalid_request` and 400. */
  const expectMalformed = (answer: RawAnswer, what: string) => {
    expect({ what, status: answer.status }).toEqual({ what, status: 400 });
    expect(challengeOf(answer).get('error'), what).toBe('invalid_request');
  };

  /** RFC 6750 §3: no error code where the request held no authentication information. */
  const expectNoToken = (answer: RawAnswer, what: string) => {
    expect({ what, status: answer.status }).toEqual({ what, status: 401 });
    expect(answer.body).toMatchObject(door.unauthorized);
    expect(
      [...challengeOf(answer).keys()].filter((name) => name !== 'realm'),
      what,
    ).toEqual([]);
  };

  const expectInvalid = (answer: RawAnswer, what: string) => {
    expect({ what, status: answer.status }).toEqual({ what, status: 401 });
    expect(answer.body).toMatchObject(door.strangers);
    expect(challengeOf(answer).get('error'), what).toBe('invalid_token');
  };

  test('§2.1 a token in the Authorization header is accepted, the scheme in any case', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEaReR']) {
      expect((await get([['Authorization', `${scheme} ${good}`]])).status).toBe(200);
    }
    expect((await get([['aUTHORIZATION', `Bearer ${good}`]])).status).toBe(200);
  });

  test('§2.3 a token in the query is accepted, and the answer is not for shared caches', async () => {
    const answer = await get([], `?access_token=${good}`);
    expect(answer.status).toBe(200);
    if (door.base() === latchkey.url)
      expect(answer.headers.get('cache-control')?.[0]).toMatch(/private.*no-store/);
    expect((await get([], `?access_token=${encodeURIComponent(good).replace('.', '%2E')}`)).status).toBe(200);
  });

  test('§2 two transports in one request are refused, be they equal or not', async () => {
    expectMalformed(await get(bearer(good), `?access_token=${good}`), 'equal');
    expectMalformed(await get(bearer(good), `?access_token=${weak}`), 'different');
    expectMalformed(await get(bearer('pk.abc.123'), `?access_token=${good}`), 'one of them malformed');
  });

  test('a repeated query parameter is accepted where the values are equal, and refused where they differ', async () => {
    expect((await get([], `?access_token=${good}&access_token=${good}`)).status).toBe(200);
    expectMalformed(await get([], `?access_token=${good}&access_token=${weak}`), 'different');
    expectMalformed(await get([], `?access_token=${good}&access_token=`), 'one of them empty');
    expectMalformed(await get([], `?access_token=${weak}&x=1&access%5Ftoken=${good}`), 'one of them escaped');
  });

  test('a repeated Authorization header is refused, be the values equal or not', async () => {
    expectMalformed(await get([...bearer(good), ...bearer(good)]), 'equal');
    expectMalformed(await get([...bearer(good), ...bearer(weak)]), 'different');
    expectMalformed(await get([['Authorization', 'Basic YTpi'], ...bearer(good)]), 'two schemes');
    expectMalformed(
      await get([...bearer(good), ['authorization', 'Basic YTpi']]),
      'two schemes, the other way round',
    );
  });

  test('a Bearer value that is not one b64token is refused', async () => {
    for (const value of [
      `${good} ${weak}`,
      `${good},${weak}`,
      `"${good}"`,
      `token="${good}"`,
      `${good}\t`,
      `${good}; x`,
    ]) {
      const answer = await get([['Authorization', `Bearer ${value}x`]]);
      expectMalformed(answer, value.replaceAll(good, 'GOOD').replaceAll(weak, 'WEAK'));
    }
  });

  test('bytes outside ASCII in the header are refused, never an error of the server', async () => {
    for (const value of ['Bearer \xff\xfe', `Bearer ${good}\xa0`, 'Bearer \xc0\xaf']) {
      expect([400, 401]).toContain((await get([['Authorization', value]])).status);
    }
  });

  test('§3 a request without a token is challenged without an error code', async () => {
    expectNoToken(await get([]), 'nothing');
    expectNoToken(await get([], '?access_token='), 'an empty parameter');
    expectNoToken(await get([], '?access_token'), 'a parameter without a value');
    expectNoToken(await get([['Authorization', 'Basic YTpi']]), 'another scheme');
    expectNoToken(await get([['Authorization', 'Bearer']]), 'Bearer alone');
    expectNoToken(await get([['Authorization', '']]), 'an empty header');
    expectNoToken(await get([['Cookie', `access_token=${good}`]]), 'a cookie');
    expectNoToken(await get([['X-Access-Token', good]]), 'a header of another name');
  });

  test('§2.2 a token in a form body is not taken', async () => {
    const answer = await rawRequest(door.base(), {
      method: 'POST',
      target: door.target,
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: `access_token=${good}`,
    });
    expect([401, 404, 405]).toContain(answer.status);
  });

  test('§3.1 invalid_token answers an unknown, malformed, revoked and expired token alike, in status and message', async () => {
    for (const [what, token] of Object.entries({
      unknown: `${good.slice(0, -22)}${'A'.repeat(22)}`,
      'unknown, of the right form': 'pk.abc.123',
      malformed: 'abc',
      'of a foreign kind': `xk${good.slice(2)}`,
      'cut short': good.slice(0, -1),
      lengthened: `${good}A`,
      revoked,
      expired,
    })) {
      expectInvalid(await get(bearer(token)), `${what} in the header`);
      expectInvalid(await get([], `?access_token=${token}`), `${what} in the query`);
    }
  });

  test('broken escapes in the query are refused, never an error of the server', async () => {
    for (const query of [
      '?access_token=%zz',
      '?access_token=%',
      '?access_token=%ff%fe',
      '?access_token=%00',
      '?%61ccess_token=x',
    ]) {
      expect([400, 401], query).toContain((await get([], query)).status);
    }
  });

  test('§3.1 insufficient_scope names the scope that is lacking', async () => {
    const answer = await get(bearer(weak));
    expect(answer.status).toBe(door.lacking.status);
    expect(answer.body).toMatchObject(door.lacking.body);
    if (answer.status === 403) {
      const parameters = challengeOf(answer);
      expect(parameters.get('error')).toBe('insufficient_scope');
      expect(parameters.get('scope')).toBe(door.lacking.scope);
    }
  });

  test('a refusal can be read by a page of any origin, and is kept by no cache', async () => {
    for (const headers of [[], bearer('pk.abc.123'), bearer(weak)]) {
      const answer = await get([...headers, ['Origin', 'https://elsewhere.example']]);
      expect(answer.headers.get('access-control-allow-origin')).toEqual(['*']);
      expect(answer.headers.get('access-control-allow-credentials')).toBeUndefined();
      expect(answer.headers.get('access-control-expose-headers')?.[0]).toMatch(/www-authenticate/i);
      expect(answer.headers.get('cache-control')?.[0]).toContain('no-store');
    }
  });
});
