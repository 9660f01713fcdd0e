import { PROBLEMS } from '@latchkey/wire/native';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Call, call, field, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';

let latchkey: Latchkey;
let acme: TestAccount;
let weak: string;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
  const made = await call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: acme.token,
    body: { scopes: ['fonts:read'] },
  });
  weak = textField(made.body, 'token');
});
afterAll(() => latchkey?.stop());

/** One call for each kind of problem that a client can cause. */
function troubles(): readonly {
  readonly what: string;
  readonly path: string;
  readonly sent: Call;
  readonly status: number;
}[] {
  const owner = acme.token;
  const post = (body: unknown, token = owner): Call => ({ method: 'POST', token, body });
  return [
    { what: 'no token', path: '/v1/audit', sent: {}, status: 401 },
    { what: 'an unknown token', path: '/v1/tokens', sent: { token: 'pk.abc.123' }, status: 401 },
    { what: 'two transports', path: `/v1/tokens?access_token=${owner}`, sent: { token: owner }, status: 400 },
    { what: 'a lacking scope', path: '/v1/tokens', sent: { token: weak }, status: 403 },
    { what: "the operator's act", path: '/v1/accounts', sent: post({ name: 'mine' }), status: 403 },
    { what: 'a bad body', path: '/v1/tokens', sent: post({ scopes: [], surprise: 1 }), status: 400 },
    { what: 'bad scopes', path: '/v1/tokens', sent: post({ scopes: ['no:such'] }), status: 422 },
    { what: 'bad URLs', path: '/v1/tokens', sent: post({ scopes: [], allowedUrls: ['*'] }), status: 422 },
    {
      what: 'bad addresses',
      path: '/v1/tokens',
      sent: post({ scopes: [], allowedAddresses: ['1.2.3'] }),
      status: 422,
    },
    {
      what: 'an expiry in the past',
      path: '/v1/tokens',
      sent: post({ scopes: [], expires: '2020-01-01T00:00:00Z' }),
      status: 422,
    },
    { what: 'a bad query', path: '/v1/tokens?limit=0', sent: { token: owner }, status: 422 },
    { what: 'a bad cursor', path: '/v1/tokens?cursor=nonsense', sent: { token: owner }, status: 422 },
    { what: 'an unknown id', path: `/v1/tokens/c${'z'.repeat(24)}`, sent: { token: owner }, status: 404 },
    { what: 'no id at all', path: '/v1/tokens/nonsense', sent: { token: owner }, status: 404 },
    { what: 'an unknown route', path: '/v1/nothing-here', sent: { token: owner }, status: 404 },
    { what: 'another method', path: '/v1/audit', sent: { method: 'DELETE', token: owner }, status: 405 },
    {
      what: 'another content type',
      path: '/v1/tokens',
      sent: { ...post({}), headers: { 'content-type': 'text/plain' } },
      status: 415,
    },
    {
      what: 'too long a body',
      path: '/v1/tokens',
      sent: post({ scopes: [], note: 'x'.repeat(70_000) }),
      status: 413,
    },
    {
      what: 'a name that is taken',
      path: '/v1/accounts',
      sent: post({ name: 'acme' }, latchkey.operatorToken),
      status: 409,
    },
    {
      what: 'a bad name',
      path: '/v1/accounts',
      sent: post({ name: '-x' }, latchkey.operatorToken),
      status: 422,
    },
  ];
}

async function answers(): Promise<
  readonly { readonly what: string; readonly status: number; readonly answer: Answer }[]
> {
  const all = [];
  for (const { what, path, sent, status } of troubles()) {
    all.push({ what, status, answer: await call(`${latchkey.url}${path}`, sent) });
  }
  return all;
}

test('§3 every refusal is application/problem+json with type, title and the status that was sent', async () => {
  for (const { what, status, answer } of await answers()) {
    expect({ what, status: answer.status }).toEqual({ what, status });
    expect(answer.headers.get('content-type'), what).toMatch(/^application\/problem\+json\b/);
    expect(field(answer.body, 'status'), what).toBe(answer.status);
    expect(textField(answer.body, 'title'), what).not.toBe('');
    expect(textField(answer.body, 'type'), what).not.toBe('');
    expect(textField(answer.body, 'requestId'), what).toBe(answer.headers.get('x-request-id'));
  }
});

test('§3.1.1 type is a URI reference that leads to a page about this very problem', async () => {
  const types = new Set((await answers()).map(({ answer }) => textField(answer.body, 'type')));
  const pages = new Map<string, string>();
  for (const type of types) {
    const url = new URL(type, latchkey.url);
    const page = pages.get(url.pathname) ?? (await call(`${url.origin}${url.pathname}`)).text;
    pages.set(url.pathname, page);
    expect(page, type).toContain(url.hash.slice(1));
  }
});

test('§3.1.3 title is the same for every occurrence of a type, and the closed table knows it', async () => {
  const titles: Readonly<Record<string, { readonly title: string; readonly status: number }>> = PROBLEMS;
  for (const { what, answer } of await answers()) {
    const known = titles[textField(answer.body, 'code')];
    expect(known, what).toMatchObject({ title: field(answer.body, 'title'), status: answer.status });
  }
});

test('§3.1.4 detail speaks of this occurrence and helps to mend it: it names the entry or the field', async () => {
  const told = new Map((await answers()).map(({ what, answer }) => [what, JSON.stringify(answer.body)]));
  expect(told.get('bad scopes')).toContain('no:such');
  expect(told.get('bad URLs')).toContain('allowedUrls');
  expect(told.get('bad addresses')).toContain('1.2.3');
  expect(told.get('a bad body')).toContain('surprise');
  expect(told.get('a bad query')).toContain('limit');
  expect(told.get('a lacking scope')).toContain('tokens:read');
});

test('members that a client does not know can be ignored: no two have the same name, none is null', async () => {
  for (const { what, answer } of await answers()) {
    for (const [name, value] of Object.entries(Object(answer.body)))
      expect(value, `${what}: ${name}`).not.toBeNull();
  }
});

test('a success is never a problem', async () => {
  const answer = await call(`${latchkey.url}/v1/tokens`, { token: acme.token });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
});
