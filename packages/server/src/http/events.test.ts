import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestBrowser } from './testing/browser.ts';
import { prove, type Staff, startStaff } from './testing/staff.ts';

let staff: Staff;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  staff = await startStaff();
});
afterAll(async () => {
  for (const close of closing) await close();
  await staff.close();
});

interface Followed {
  readonly status: number;
  /** The next event but heartbeats; undefined: the stream has ended. */
  next(): Promise<{ readonly event: string; readonly data: Record<string, unknown> } | undefined>;
  close(): Promise<void>;
}

async function follow(headers: Readonly<Record<string, string>>): Promise<Followed> {
  const ending = new AbortController();
  const response = await fetch(`${staff.server.url}/v1/events`, { headers, signal: ending.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const followed: Followed = {
    status: response.status,
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const lines = text.slice(0, end).split('\n');
          text = text.slice(end + 2);
          const field = (name: string) =>
            lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
          const event = field('event');
          if (event !== undefined) return { event, data: JSON.parse(field('data') ?? '{}') };
          continue;
        }
        const read = await reader?.read();
        if (read === undefined || read.done) return undefined;
        text += read.value;
      }
    },
    async close() {
      ending.abort();
    },
  };
  closing.push(followed.close);
  return followed;
}

const asToken = (token: string) => follow({ authorization: `Bearer ${token}` });
const asMember = (browser: TestBrowser) =>
  follow({
    'sec-fetch-site': 'same-origin',
    cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  });

test('tells a member what is changed in the account, by whomever, and nothing of another account', async () => {
  const viewer = await staff.join('viewer', 'acme');
  const stream = await asMember(viewer.browser);
  expect(stream.status).toBe(200);
  expect(await stream.next()).toEqual({ event: 'hello', data: {} });
  await staff.server.rival.client.native.tokens.create({ scopes: ['styles:read'] });
  const { tokens } = staff.server.acme.client.native;
  const { id } = await tokens.create({ scopes: ['styles:read'] });
  expect(await stream.next()).toMatchObject({
    event: 'change',
    data: { kind: 'token', id, action: 'token.create' },
  });
  // Verifiers hear nothing of a note.
  await tokens.update(id, { note: 'another' });
  expect(await stream.next()).toMatchObject({
    event: 'change',
    data: { kind: 'token', id, action: 'token.update' },
  });
});

test('ends for a member who is one no longer', async () => {
  const leaver = await staff.join('viewer', 'acme');
  const owner = await staff.join('owner', 'acme');
  const stream = await asMember(leaver.browser);
  expect((await stream.next())?.event).toBe('hello');
  await prove(owner.browser, 'members');
  expect((await owner.browser.call('DELETE', `/v1/members/${leaver.person}`)).status).toBe(204);
  // What was changed a moment before may be told, too.
  let told = await stream.next();
  while (told?.data.action !== 'member.remove') {
    expect(told?.event).toBe('change');
    told = await stream.next();
  }
  expect(told.data).toMatchObject({ kind: 'member', id: leaver.person });
  expect(await stream.next()).toEqual({ event: 'bye', data: {} });
  expect(await stream.next()).toBeUndefined();
});

test('ends for a token that is revoked', async () => {
  const { tokens } = staff.server.acme.client.native;
  const { id, token = '' } = await tokens.create({ scopes: ['tokens:read'] });
  const stream = await asToken(token);
  expect((await stream.next())?.event).toBe('hello');
  await tokens.revoke(id);
  expect(await stream.next()).toMatchObject({ event: 'change', data: { id, action: 'token.revoke' } });
  expect(await stream.next()).toEqual({ event: 'bye', data: {} });
  expect(await stream.next()).toBeUndefined();
});

test('is refused to whoever may not read tokens, and to pages of others', async () => {
  const { token = '' } = await staff.server.acme.client.native.tokens.create({ scopes: ['uploads:read'] });
  expect((await asToken(token)).status).toBe(403);
  expect((await follow({})).status).toBe(401);
  const cookie = [...staff.ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  expect((await follow({ cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});

test('keeps to twenty streams of one caller', async () => {
  const { token = '' } = await staff.server.rival.client.native.tokens.create({ scopes: ['tokens:read'] });
  const streams = await Promise.all(Array.from({ length: 20 }, () => asToken(token)));
  expect(streams.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect((await asToken(token)).status).toBe(429);
});

test('tells on a token who made it', async () => {
  const developer = await staff.join('developer', 'acme');
  const made = await developer.browser.call('POST', '/v1/tokens', { scopes: ['styles:read'] });
  const told = await staff.server.acme.client.native.tokens.get(String(made.json.id));
  expect(told.createdBy).toMatchObject({ kind: 'member', person: developer.person, account: 'acme' });
});
