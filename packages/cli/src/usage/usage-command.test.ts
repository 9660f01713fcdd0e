import { parseTokenId } from '@latchkey/core';
import { formatUsageBatch } from '@latchkey/wire/feed';
import { ExplanationSchema, TokenUsersSchema, UsageSchema } from '@latchkey/wire/native';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { type Installation, startInstallation } from '../testing/installation.ts';

let installation: Installation;
let id = '';
beforeAll(async () => {
  installation = await startInstallation();
  id = (await make(['--scopes', 'styles:read'])).id;
  await report((await make(['--scopes', 'verifiers:sync'])).token);
});
afterAll(() => installation.remove());

const asOperator: Installation['run'] = (args) =>
  installation.run(args, { env: { LATCHKEY_TOKEN: installation.operatorToken } });

async function make(args: readonly string[]): Promise<{ id: string; token: string }> {
  const made = await asOperator(['token', 'create', ...args, '--json']);
  return made.jsonOf(z.object({ id: z.string(), token: z.string() }));
}

/** Forty requests let in and ten refused, as a verifier reports them. */
async function report(sync: string): Promise<void> {
  const token = parseTokenId(id) ?? null;
  const now = Date.now();
  const row = { token, service: 'maps', origin: 'shop.example', client: 'curl', address: '', lastAt: now };
  const minute = Math.floor(now / 60_000) * 60_000;
  const counter = { token, service: 'maps', scope: 'styles:read', minute };
  const body = formatUsageBatch({
    reporter: 'one',
    sequence: 1,
    until: null,
    isLast: false,
    counters: [
      { ...counter, outcome: 'allowed', count: 40 },
      { ...counter, outcome: 'expired', count: 10 },
    ],
    sources: [
      { ...row, outcome: 'allowed', count: 40 },
      { ...row, outcome: 'expired', client: '*', origin: '', count: 10 },
    ],
    exposures: [],
    refusals: [
      {
        requestId: 'request-7',
        at: now,
        token,
        reason: 'expired',
        status: 401,
        message: 'Not Authorized - Invalid Token',
        detail: 'The token expired.',
        fix: 'Make a new one.',
        method: 'GET',
        service: 'maps',
        requires: ['styles:read'],
        origin: 'shop.example',
        trace: [{ check: 'not_expired', outcome: 'failed', saw: 'the end', wants: 'no end' }],
      },
    ],
  });
  const answer = await fetch(`${installation.url}/v1/usage/batches?sentAt=${now}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sync}`, 'content-type': 'application/json' },
    body,
  });
  expect(answer.status).toBe(200);
}

it('draws sums as bars, the longest for the largest, in both languages', async () => {
  const shown = await asOperator(['usage', '--by', 'outcome', '--step', 'total']);
  expect(shown).toMatchObject({ code: 0 });
  const [heads = '', ...lines] = shown.stdout.trimEnd().split('\n');
  expect(heads).toMatch(/^outcome +requests$/);
  expect(lines[0]).toMatch(/^allowed +█+ +40$/);
  expect(lines[1]).toMatch(/^expired +█+[▏▎▍▌▋▊▉]? +10$/);
  const length = (line = '') => (line.match(/█/g) ?? []).length;
  expect(length(lines[0])).toBe(4 * length(lines[1]));
  const chinese = await asOperator(['usage', '--by', 'kind', '--step', 'day', '--lang', 'zh']);
  expect(chinese.stdout).toMatch(/^时间（UTC） +判定 +请求数\n\d{4}-\d\d-\d\d +allowed/);
  const json = await asOperator(['usage', '--by', 'service', '--token-id', id, '--since', '2d', '--json']);
  expect(json.jsonOf(UsageSchema).rows).toMatchObject([{ service: 'maps', count: 50 }]);
});

it('names who uses a token, and says where nobody is known', async () => {
  const shown = await asOperator(['usage', '--token-id', id, '--users']);
  expect(shown.stdout).toMatch(/allowed +shop\.example +curl +maps +40/);
  expect(shown.stdout).toMatch(/refused +none told +others +maps +10/);
  const json = await asOperator(['usage', '--token-id', id, '--users', '--json']);
  expect(json.jsonOf(TokenUsersSchema).users).toHaveLength(2);
  const other = await make(['--scopes', 'styles:read']);
  expect((await asOperator(['usage', '--token-id', other.id, '--users'])).stdout).toBe(
    'Nobody is known to have used this token in the last 30 days.\n',
  );
  expect((await asOperator(['usage', '--token-id', other.id])).stdout).toBe(
    'Nothing was counted in that time. Verifiers report every ten seconds.\n',
  );
});

it('shows the last use of a token, and its last refusal apart', async () => {
  const { stdout } = await asOperator(['token', 'show', id]);
  expect(stdout).toMatch(/last used +\d{4}-\d\d-\d\d \d\d:\d\d UTC \(maps, shop\.example, curl\)/);
  expect(stdout).toMatch(/last refused +\d{4}-\d\d-\d\d \d\d:\d\d UTC \(expired, maps\)/);
});

it('refuses what does not fit by naming it', async () => {
  expect(await asOperator(['usage', '--users'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--token-id'),
  });
  expect(await asOperator(['usage', '--since', 'yesterday'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is neither a date (2027-01-31, 2027-01-31T12:00:00Z) nor how long ago'),
  });
  expect((await asOperator(['usage', '--by', 'colour'])).stderr).toContain('is not one of account, token');
});

it('explains a refusal by the request id that was answered with it', async () => {
  const shown = await asOperator(['explain', '--request-id', 'request-7']);
  expect(shown.code).toBe(7);
  expect(shown.stdout).toContain('✗');
  const json = await asOperator(['explain', '--request-id', 'request-7', '--json']);
  expect(json.jsonOf(ExplanationSchema)).toMatchObject({
    reason: 'expired',
    token: { id },
    refusal: { requestId: 'request-7', service: 'maps' },
  });
  const unknown = await asOperator(['explain', '--request-id', 'request-8']);
  expect(unknown.code).not.toBe(0);
  expect(unknown.stderr).toContain('No refusal of this request is known here.');
});
