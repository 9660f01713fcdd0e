import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, textField } from './testing/call.ts';
import type { Order, Told } from './testing/checker-process.ts';
import { revisionOf } from './testing/guarded-api.ts';
import { makeVerifierToken } from './testing/local-verifier.ts';
import { makeAccount, type TestAccount } from './testing/make-account.ts';
import { readReceipt } from './testing/receipt.ts';
import { type Latchkey, startLatchkey } from './testing/start-latchkey.ts';
import { until } from './testing/until.ts';

const VERIFIERS = 5;
const CHECKS = 1_000_000;
const PROGRAM = fileURLToPath(new URL('./testing/checker-process.ts', import.meta.url));

let latchkey: Latchkey;
let acme: TestAccount;
let checkers: ChildProcess[] = [];
/** Keeps its decisions by the token's text: the mutant. */
let caching: ChildProcess;

beforeAll(async () => {
  latchkey = await startLatchkey();
  acme = await makeAccount(latchkey, 'acme');
  checkers = await Promise.all(Array.from({ length: VERIFIERS }, (_, n) => startChecker(`verifier-${n}`)));
  caching = await startChecker('mutant', { CACHES: '1' });
});
afterAll(async () => {
  for (const one of [...checkers, caching]) {
    const gone = once(one, 'exit');
    one.disconnect();
    await gone;
  }
  await latchkey?.stop();
});

async function startChecker(name: string, more: Record<string, string> = {}): Promise<ChildProcess> {
  const token = await makeVerifierToken(latchkey, name);
  const child = fork(PROGRAM, [], {
    execArgv: ['--conditions=latchkey-source'],
    env: { ...process.env, LATCHKEY_URL: latchkey.url, LATCHKEY_TOKEN: token, VERIFIER_NAME: name, ...more },
  });
  await once(child, 'message');
  return child;
}

async function accepted(checker: ChildProcess, order: Order): Promise<number> {
  const answered = once(checker, 'message');
  checker.send(order);
  const [told] = (await answered) as [Told];
  if (!('accepted' in told)) throw new Error('the checker started again');
  return told.accepted;
}

test(`after a receipt with nobody pending, ${CHECKS} checks on ${VERIFIERS} verifiers in their own processes accept the token 0 times`, async () => {
  const made = await call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: acme.token,
    body: { scopes: ['styles:read'] },
  });
  const token = textField(made.body, 'token');
  for (const checker of [...checkers, caching]) {
    await until(
      'the token to be let in',
      async () => (await accepted(checker, { token, times: 1 })) || undefined,
    );
  }
  const deleted = await call(`${latchkey.url}/tokens/v2/acme/${textField(made.body, 'id')}`, {
    method: 'DELETE',
    token: acme.token,
    headers: { prefer: 'wait=20' },
  });
  expect([deleted.status, deleted.headers.get('latchkey-pending')]).toEqual([204, '0']);
  const receipt = await readReceipt(latchkey, revisionOf(deleted.headers));
  expect(receipt.complete).toBe(true);
  expect(receipt.verifiers.map(({ state }) => state)).toEqual(Array(VERIFIERS + 1).fill('applied'));

  const times = CHECKS / VERIFIERS;
  const counts = await Promise.all(checkers.map((checker) => accepted(checker, { token, times })));
  expect(counts).toEqual(Array(VERIFIERS).fill(0));
  expect(await accepted(caching, { token, times: 10 })).toBe(10);
});
