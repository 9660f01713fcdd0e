import { once } from 'node:events';
import { Agent, request as startRequest } from 'node:http';
import { call, textField } from '../test/testing/call.ts';
import { makeAccount } from '../test/testing/make-account.ts';
import { startLatchkey } from '../test/testing/start-latchkey.ts';
import { startChecker } from './revocation/checker.ts';
import { nowMs } from './revocation/monotonic.ts';
import { histogramOf, percentilesOf } from './revocation/report.ts';

// How long after the answer to a delete any of five verifiers, each in its own process and each asking a thousand times a
// second, still accepts the token. 0: nobody accepted it once the delete was answered.
// Run after `npx tsc -b`: node --conditions=latchkey-source bench/revocation.ts [revokes] [verifiers]

const REVOKES = Number(process.argv[2] ?? 1000);
const VERIFIERS = Number(process.argv[3] ?? 5);
const TARGET_P99_MS = 100;
const TARGET_MAX_MS = 1000;

const latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
const { url, operatorAccount, operatorToken } = latchkey;
const acme = await makeAccount(latchkey, 'acme');
const agent = new Agent({ keepAlive: true });
const checkers = await Promise.all(
  Array.from({ length: VERIFIERS }, async (_, number) => {
    const body = { scopes: ['verifiers:sync'], note: `verifier ${number}` };
    const made = await call(`${url}/tokens/v2/${operatorAccount}`, {
      method: 'POST',
      token: operatorToken,
      body,
    });
    return startChecker(url, textField(made.body, 'token'), `verifier-${number}`);
  }),
);

const last: number[] = [];
const every: number[] = [];
try {
  for (let count = 0; count < REVOKES; count++) {
    const body = { scopes: ['styles:read'], note: `revoke ${count}` };
    const made = await call(`${url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body });
    const text = textField(made.body, 'token');
    await Promise.all(checkers.map((checker) => checker.accepts(text)));
    const refusals = checkers.map((checker) => checker.refuses());
    const answeredAt = await deleteToken(textField(made.body, 'id'));
    const late = (await Promise.all(refusals)).map((acceptedAt) => Math.max(0, acceptedAt - answeredAt));
    every.push(...late);
    last.push(Math.max(...late));
  }
} finally {
  agent.destroy();
  await Promise.all(checkers.map((checker) => checker.stop()));
  await latchkey.stop();
}

const { p50, p99, max } = percentilesOf(last);
const none = every.filter((ms) => ms === 0).length;
const isMet = p99 <= TARGET_P99_MS && max <= TARGET_MAX_MS;
console.log(`${REVOKES} revokes, ${VERIFIERS} verifiers in their own processes.`);
console.log('From the answer to DELETE to the last acceptance by any verifier:');
console.log(`  p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms   max ${max.toFixed(1)} ms`);
console.log(
  `  ${((100 * none) / every.length).toFixed(1)} % of verifiers refused the token before the answer arrived`,
);
console.log(histogramOf(last));
console.log(`target p99 ≤ ${TARGET_P99_MS} ms and max ≤ ${TARGET_MAX_MS} ms: ${isMet ? 'met' : 'MISSED'}`);
process.exitCode = isMet ? 0 : 1;

/** Deletes a token; answers when the head of the answer arrived, before anything else is done with it. */
async function deleteToken(id: string): Promise<number> {
  const deletion = startRequest(`${url}/tokens/v2/acme/${id}`, {
    method: 'DELETE',
    agent,
    headers: { authorization: `Bearer ${acme.token}` },
  });
  let answeredAt = 0;
  deletion.once('response', () => {
    answeredAt = nowMs();
  });
  const answered = once(deletion, 'response');
  deletion.end();
  const [response] = await answered;
  response.resume();
  if (response.statusCode !== 204) throw new Error(`the delete was answered ${response.statusCode}`);
  return answeredAt;
}
