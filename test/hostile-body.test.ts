import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAudit } from './testing/audit.ts';
import { call, field, textField } from './testing/call.ts';
import { hostileBodies, WRONG_TYPES } from './testing/hostile-body.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type RawAnswer, rawRequest } from './testing/raw-http.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';

let latchkey: Latchkey;
let acme: TestAccount;
let victim: string;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
  const made = await call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: acme.token,
    body: { scopes: ['styles:read'], note: 'untouched' },
  });
  victim = textField(made.body, 'id');
});
afterAll(() => latchkey?.stop());

/** Where bodies are taken: a body that would do something there, and the token that may. */
const DOORS: readonly {
  readonly name: string;
  readonly method: string;
  readonly path: () => string;
  readonly token: () => string;
  readonly valid: () => Readonly<Record<string, unknown>>;
  readonly isTokenBody: boolean;
}[] = [
  {
    name: 'create',
    method: 'POST',
    path: () => '/tokens/v2/acme',
    token: () => acme.token,
    valid: () => ({ scopes: ['tokens:read'] }),
    isTokenBody: true,
  },
  {
    name: 'create temporary',
    method: 'POST',
    path: () => '/tokens/v2/acme',
    token: () => acme.token,
    valid: () => ({ scopes: ['tokens:read'], expires: new Date(Date.now() + 1_800_000).toISOString() }),
    isTokenBody: true,
  },
  {
    name: 'update',
    method: 'PATCH',
    path: () => `/tokens/v2/acme/${victim}`,
    token: () => acme.token,
    valid: () => ({ scopes: ['fonts:read'] }),
    isTokenBody: true,
  },
  {
    name: 'native create',
    method: 'POST',
    path: () => '/v1/tokens',
    token: () => acme.token,
    valid: () => ({ scopes: ['tokens:read'] }),
    isTokenBody: true,
  },
  {
    name: 'native update',
    method: 'PATCH',
    path: () => `/v1/tokens/${victim}`,
    token: () => acme.token,
    valid: () => ({ scopes: ['fonts:read'] }),
    isTokenBody: true,
  },
  {
    name: 'create account',
    method: 'POST',
    path: () => '/v1/accounts',
    token: () => latchkey.operatorToken,
    valid: () => ({ name: 'hostile' }),
    isTokenBody: false,
  },
  {
    name: 'explain',
    method: 'POST',
    path: () => '/v1/explain',
    token: () => acme.token,
    valid: () => ({ token: victim, request: { url: '/styles/v1/acme/streets' } }),
    isTokenBody: false,
  },
];

/** The whole state that bodies could change: the audit log and the victim as the owner sees it. */
async function state(): Promise<unknown> {
  const listed = await call(`${latchkey.url}/tokens/v2/acme?limit=500`, { token: acme.token });
  return { audit: await readAudit(latchkey), listed: listed.body };
}

function send(
  door: (typeof DOORS)[number],
  body: Uint8Array | string,
  headers: readonly (readonly [string, string])[],
): Promise<RawAnswer> {
  return rawRequest(latchkey.url, {
    method: door.method,
    target: door.path(),
    headers: [['Authorization', `Bearer ${door.token()}`], ...headers],
    body,
  });
}

const named = (answer: RawAnswer) => JSON.stringify([Object(answer.body).field, Object(answer.body).detail]);

describe.each(DOORS)('$name', (door) => {
  test('every hostile body is refused in the words of its API, with the field named, and nothing is stored', async () => {
    const before = await state();
    for (const hostile of hostileBodies(door.valid())) {
      const type = hostile.contentType === undefined ? 'application/json' : hostile.contentType;
      const headers = [
        ...(type === null ? [] : [['Content-Type', type] as const]),
        ...(hostile.headers ?? []),
      ];
      const answer = await send(door, hostile.bytes, headers);
      expect({ what: hostile.what, status: answer.status }).toEqual({
        what: hostile.what,
        status: hostile.status,
      });
      expect(textField(answer.body, 'requestId')).not.toBe('');
      if (hostile.names !== undefined) expect(named(answer), hostile.what).toContain(hostile.names);
      if (door.path().startsWith('/tokens/')) {
        const messages = { 400: 'Bad Request', 413: 'Payload Too Large', 415: 'Unsupported Media Type' };
        expect(field(answer.body, 'message')).toBe(messages[hostile.status]);
      } else {
        expect(answer.headers.get('content-type')?.[0]).toContain('application/problem+json');
      }
    }
    expect(await state()).toEqual(before);
  });

  test('a body that arrives in pieces past 64 KiB is refused without being read to its end', async () => {
    const chunk = `${(8192).toString(16)}\r\n${' '.repeat(8192)}\r\n`;
    const before = await state();
    const answer = await send(door, `${chunk.repeat(12)}0\r\n\r\n`, [
      ['Content-Type', 'application/json'],
      ['Transfer-Encoding', 'chunked'],
    ]);
    expect(answer.status).toBe(413);
    expect(await state()).toEqual(before);
  });

  test('the same body without the hostility is taken, so each refusal was for what was wrong with it', async () => {
    const answer = await send(door, JSON.stringify(door.valid()), [
      ['Content-Type', 'application/json; charset=utf-8'],
    ]);
    expect([200, 201]).toContain(answer.status);
  });
});

describe.each(DOORS.filter((door) => door.isTokenBody))('$name', (door) => {
  test('values of the wrong type are refused with 400, their field named, and nothing is stored', async () => {
    const before = await state();
    for (const { field: name, value } of WRONG_TYPES) {
      const body = JSON.stringify({ ...door.valid(), [name]: value });
      const answer = await send(door, body, [['Content-Type', 'application/json']]);
      const what = `${name}: ${JSON.stringify(value).slice(0, 60)}`;
      expect({ what, status: answer.status }).toEqual({ what, status: 400 });
      expect(named(answer), what).toContain(name);
    }
    expect(await state()).toEqual(before);
  });
});

test('a body without scopes is refused where scopes are required', async () => {
  for (const path of ['/tokens/v2/acme', '/v1/tokens']) {
    const answer = await call(`${latchkey.url}${path}`, {
      method: 'POST',
      token: acme.token,
      body: { note: 'x' },
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('scopes');
  }
});

test('a body cannot reach prototypes: no answer of this server has changed', async () => {
  const answer = await call(`${latchkey.url}/tokens/v2/acme?limit=1`, { token: acme.token });
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain('"default":true');
});
