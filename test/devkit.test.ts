import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, field, listOf, textField } from './testing/call.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { expectTokenObject } from './testing/token-object.ts';

const DEVKIT = fileURLToPath(
  new URL('../node_modules/@mapbox/mcp-devkit-server/dist/esm/index.js', import.meta.url),
);

let latchkey: Latchkey;
let acme: TestAccount;
let devkit: Client;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
  devkit = await startDevkit(acme.token);
});
afterAll(async () => {
  await devkit?.close();
  await latchkey?.stop();
});

/** Starts the unmodified devkit server as its users do, pointed at this installation, and speaks MCP with it. */
async function startDevkit(accessToken: string): Promise<Client> {
  const client = new Client({ name: 'latchkey-test', version: '0.0.0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [DEVKIT],
      env: {
        MAPBOX_API_ENDPOINT: `${latchkey.url}/`,
        MAPBOX_ACCESS_TOKEN: accessToken,
        OTEL_TRACING_ENABLED: 'false',
      },
      stderr: 'ignore',
    }),
  );
  // The client checks structured answers against the schemas that it has read.
  await client.listTools();
  return client;
}

/** Calls a tool and gives its structured answer. @throws Error with the tool's own words when it reports an error */
async function use(name: string, input: Record<string, unknown>, client = devkit): Promise<unknown> {
  const answer = await client.callTool({ name, arguments: input });
  if (answer.isError) throw new Error(textField(listOf(answer.content)[0], 'text'));
  return answer.structuredContent;
}

test('create_token_tool makes a public token that the Tokens API then lists', async () => {
  const made = await use('create_token_tool', {
    note: 'made by the devkit',
    scopes: ['styles:read', 'fonts:read'],
    allowedUrls: ['https://example.com'],
  });
  expect(made).toMatchObject({
    usage: 'pk',
    client: 'api',
    default: false,
    note: 'made by the devkit',
    scopes: ['styles:read', 'fonts:read'],
    allowedUrls: ['https://example.com'],
  });
  const listed = await call(`${latchkey.url}/tokens/v2/acme`, { token: acme.token });
  expect(listOf(listed.body).map((row) => expectTokenObject(row).token)).toContain(textField(made, 'token'));
});

test('create_token_tool without URLs makes an unrestricted token whose answer passes its schema', async () => {
  const made = await use('create_token_tool', { note: 'open', scopes: [] });
  expect(made).toMatchObject({ usage: 'pk', scopes: [] });
  expect(Object.hasOwn(Object(made), 'allowedUrls')).toBe(false);
});

test('create_token_tool with expires makes a temporary token that keeps the note and dies with its time', async () => {
  const expires = new Date(Date.now() + 1_200_000).toISOString();
  const made = await use('create_token_tool', { note: 'for an hour', scopes: ['styles:read'], expires });
  expect(made).toMatchObject({ usage: 'tk', note: 'for an hour', scopes: ['styles:read'] });
  expect(textField(made, 'token')).toMatch(/^tk\./);
  const verdict = await call(`${latchkey.url}/tokens/v2?access_token=${textField(made, 'token')}`);
  expect(field(verdict.body, 'code')).toBe('TokenValid');
});

test('create_token_tool takes every form of expires that its users write', async () => {
  const at = new Date(Date.now() + 1_200_000);
  const iso = at.toISOString();
  const inNewYork = `${new Date(at.getTime() - 4 * 3_600_000).toISOString().slice(0, 19)}-04:00`;
  for (const expires of [iso, `${iso.slice(0, 19)}Z`, inNewYork, `${iso.slice(0, 19)}.123456`]) {
    const made = await use('create_token_tool', { note: expires, scopes: ['styles:read'], expires });
    expect(Math.abs(Date.parse(textField(made, 'expires')) - at.getTime()), expires).toBeLessThan(1000);
  }
});

test('create_token_tool reports a refusal in the words of the Tokens API', async () => {
  const expires = new Date(Date.now() - 60_000).toISOString();
  await expect(use('create_token_tool', { note: 'late', scopes: ['styles:read'], expires })).rejects.toThrow(
    'expires is in the past',
  );
  await expect(
    use('create_token_tool', { note: 'bad', scopes: ['styles:read'], allowedUrls: ['*'] }),
  ).rejects.toThrow('allowedUrls are invalid');
});

test('list_tokens_tool follows the pages by itself and gives every token once', async () => {
  const account = await makeAccount(latchkey, 'lister');
  for (let at = 0; at < 130; at += 10) {
    const batch = Array.from({ length: 10 }, (_, n) =>
      call(`${latchkey.url}/tokens/v2/lister`, {
        method: 'POST',
        token: account.token,
        body: { note: `${at + n}`, scopes: [] },
      }),
    );
    await Promise.all(batch);
  }
  const client = await startDevkit(account.token);
  try {
    const all = await use('list_tokens_tool', {}, client);
    expect(field(all, 'count')).toBe(132);
    expect(new Set(listOf(field(all, 'tokens')).map((token) => textField(token, 'id'))).size).toBe(132);

    const first = await use('list_tokens_tool', { limit: 50 }, client);
    expect(field(first, 'count')).toBe(50);
    const second = await use(
      'list_tokens_tool',
      { limit: 100, start: textField(first, 'next_start') },
      client,
    );
    expect(field(second, 'count')).toBe(82);
  } finally {
    await client.close();
  }
});

test('list_tokens_tool filters by default, usage and order', async () => {
  const only = await use('list_tokens_tool', { default: true });
  expect(listOf(field(only, 'tokens')).map((token) => field(token, 'token'))).toEqual([acme.defaultToken]);
  const publics = listOf(
    field(await use('list_tokens_tool', { usage: 'pk', sortby: 'modified', default: false }), 'tokens'),
  );
  expect(publics.length).toBeGreaterThan(0);
  for (const token of publics) expect(token).toMatchObject({ usage: 'pk', default: false });
  const times = publics.map((token) => Date.parse(textField(token, 'modified')));
  expect(times).toEqual([...times].sort((a, b) => b - a));
});

test('a revoked token is reported as Unauthorized', async () => {
  const made = await call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: acme.token,
    body: { scopes: ['tokens:read'] },
  });
  const client = await startDevkit(textField(made.body, 'token'));
  try {
    await use('list_tokens_tool', {}, client);
    await call(`${latchkey.url}/tokens/v2/acme/${textField(made.body, 'id')}`, {
      method: 'DELETE',
      token: acme.token,
    });
    await expect(use('list_tokens_tool', {}, client)).rejects.toThrow('Unauthorized');
  } finally {
    await client.close();
  }
});
