import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, call, field, textField } from './testing/call.ts';
import { type GuardedApi, revisionOf, startGuardedApi } from './testing/guarded-api.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

const VERIFIERS = 3;
const CHECKS_AFTER = 300;

let latchkey: Latchkey;
let acme: TestAccount;
const apis: GuardedApi[] = [];

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
  apis.push(
    ...(await Promise.all(
      Array.from({ length: VERIFIERS }, (_, n) =>
        startGuardedApi(latchkey, { requires: ['styles:read'], name: `verifier-${n}` }),
      ),
    )),
  );
});
afterAll(async () => {
  await Promise.all(apis.map((api) => api.close()));
  await latchkey?.stop();
});

async function create(
  body: Record<string, unknown>,
  caller = acme.token,
): Promise<{ id: string; token: string }> {
  const made = await call(`${latchkey.url}/tokens/v2/acme`, { method: 'POST', token: caller, body });
  if (made.status !== 200) throw new Error(made.text);
  await everywhere(revisionOf(made.headers));
  return { id: textField(made.body, 'id'), token: textField(made.body, 'token') };
}

const change = (method: string, id: string, body?: unknown) =>
  call(`${latchkey.url}/tokens/v2/acme/${id}`, {
    method,
    token: acme.token,
    ...(body === undefined ? {} : { body }),
  });

/** Every verifier says itself that it has applied the change. */
const everywhere = (revision: number) => Promise.all(apis.map((api) => api.caughtUp(revision)));

const ask = (api: GuardedApi, token: string, headers: Record<string, string> = {}): Promise<Answer> =>
  call(`${api.url}/styles/v1/acme/streets`, { token, headers });

async function expectLetIn(token: string): Promise<void> {
  for (const api of apis) expect((await ask(api, token)).status).toBe(200);
}

/** Asks every verifier many times over: not one of the answers lets the token in. */
async function expectRefused(token: string, refusal: Record<string, unknown>, status = 401): Promise<void> {
  for (const api of apis) {
    const answers = await Promise.all(Array.from({ length: CHECKS_AFTER }, () => ask(api, token)));
    expect(answers.filter((answer) => answer.status !== status)).toEqual([]);
    expect(answers[0]?.body).toMatchObject(refusal);
  }
}

test('a token works at every verifier when its creation is answered and applied', async () => {
  const { token } = await create({ scopes: ['styles:read'] });
  await expectLetIn(token);
});

test('a deleted token is refused by every verifier that has applied the change, every time', async () => {
  const { id, token } = await create({ scopes: ['styles:read'] });
  await expectLetIn(token);
  const deleted = await change('DELETE', id);
  expect(deleted.status).toBe(204);
  await everywhere(revisionOf(deleted.headers));
  await expectRefused(token, { message: 'Not Authorized - Invalid Token', code: 'revoked' });
});

test('a temporary token dies with the token that made it, and so does what that one made', async () => {
  const parent = await create({ scopes: ['styles:read', 'tokens:write'] });
  const expires = new Date(Date.now() + 1_800_000).toISOString();
  const child = await create({ scopes: ['styles:read', 'tokens:write'], expires }, parent.token);
  const grandchild = await create({ scopes: ['styles:read'], expires }, child.token);
  await expectLetIn(child.token);
  await expectLetIn(grandchild.token);
  const deleted = await change('DELETE', parent.id);
  await everywhere(revisionOf(deleted.headers));
  for (const { token } of [parent, child, grandchild]) await expectRefused(token, { code: 'revoked' });
});

test('a scope taken away is lacking, and a URL restriction set holds, once the change is applied', async () => {
  const narrowed = await create({ scopes: ['styles:read', 'fonts:read'] });
  const without = await change('PATCH', narrowed.id, { scopes: ['fonts:read'] });
  await everywhere(revisionOf(without.headers));
  await expectRefused(narrowed.token, { code: 'insufficient_scope' }, 403);

  const restricted = await create({ scopes: ['styles:read'] });
  const limited = await change('PATCH', restricted.id, { allowedUrls: ['https://app.example.com'] });
  await everywhere(revisionOf(limited.headers));
  await expectRefused(restricted.token, { code: 'evidence_missing' }, 403);
  for (const api of apis) {
    expect((await ask(api, restricted.token, { origin: 'https://app.example.com' })).status).toBe(200);
    expect((await ask(api, restricted.token, { origin: 'https://evil.example' })).body).toMatchObject({
      code: 'url_not_allowed',
    });
  }
});

test('a suspended account rests at every verifier, and resumes there', async () => {
  const resting = await makeAccount(latchkey, 'resting');
  const act = (what: string) =>
    call(`${latchkey.url}/v1/accounts/resting/${what}`, { method: 'POST', token: latchkey.operatorToken });
  const suspended = await act('suspend');
  await everywhere(revisionOf(suspended.headers));
  await expectRefused(resting.token, { message: 'Account suspended', code: 'account_suspended' }, 403);
  const resumed = await act('resume');
  await everywhere(revisionOf(resumed.headers));
  await expectLetIn(resting.token);
});

test('a temporary token is refused at every verifier once its time is over, without a change', async () => {
  const { token } = await create({
    scopes: ['styles:read'],
    expires: new Date(Date.now() + 2500).toISOString(),
  });
  await expectLetIn(token);
  for (const api of apis) {
    await until('the token to expire', async () => {
      const answer = await ask(api, token);
      return answer.status === 401 && field(answer.body, 'code') === 'expired' ? true : undefined;
    });
  }
});

test('a verifier that was away while a token was deleted refuses it before it serves again', async () => {
  const { id, token } = await create({ scopes: ['styles:read'] });
  await expectLetIn(token);
  await change('DELETE', id);
  const late = await startGuardedApi(latchkey, { requires: ['styles:read'], name: 'late' });
  try {
    expect((await ask(late, token)).body).toMatchObject({
      message: 'Not Authorized - Invalid Token',
      code: 'revoked',
    });
  } finally {
    await late.close();
  }
});

test('a deletion survives a crash of the server: it is refused after kill -9 too, and verifiers come back by themselves', async () => {
  const { id, token } = await create({ scopes: ['styles:read'] });
  const kept = await create({ scopes: ['styles:read'] });
  await expectLetIn(token);
  const deleted = await change('DELETE', id);
  expect(deleted.status).toBe(204);
  await latchkey.kill();
  await latchkey.start();
  await Promise.all(apis.map((api) => api.caughtUp()));
  await expectRefused(token, { code: 'revoked' });
  await expectLetIn(kept.token);
});
