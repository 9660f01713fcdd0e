import { setTimeout as pause } from 'node:timers/promises';
import { call, field, listOf, textField } from '../test/testing/call.ts';
import { type GuardedApi, startGuardedApi } from '../test/testing/guarded-api.ts';
import { makeAccount } from '../test/testing/make-account.ts';
import { startLatchkey } from '../test/testing/start-latchkey.ts';
import { openPacedCalls } from './load/paced-calls.ts';
import { residentMiB } from './load/process-usage.ts';
import { updateRequest } from './load/update-request.ts';
import { percentilesOf } from './revocation/report.ts';

// One of three verifiers is stopped (SIGSTOP) for a minute under 1,000 changes a second: how much the server's memory rises beside
// a minute in which nobody is stopped, how late the other two have each change, and how soon the stopped one has all of them.
// Run after `npx tsc -b`: node --conditions=latchkey-source bench/stopped-verifier.ts [seconds] [changes a second]

const SECONDS = Number(process.argv[2] ?? 60);
const RATE = Number(process.argv[3] ?? 1000);
const TARGET_MIB = 20;
const TARGET_P99_MS = 1000;

const latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
const { url, operatorToken } = latchkey;
const apis: GuardedApi[] = [];
const median = (values: readonly number[]) => percentilesOf(values).p50;

interface Phase {
  readonly made: number;
  readonly rise: number;
  readonly lags: readonly number[];
}

/** How late the verifiers that are not stopped had the change, by its receipt; empty where it is not there yet. */
async function lagsOf(revision: number): Promise<number[]> {
  const { status, body } = await call(`${url}/v1/receipts/${revision}`, { token: operatorToken });
  if (status !== 200) return [];
  const at = Date.parse(textField(body, 'at'));
  return listOf(field(body, 'verifiers'))
    .filter((one) => field(one, 'name') !== 'stopped' && field(one, 'state') !== 'unreachable')
    .map((one) =>
      field(one, 'state') === 'applied' ? Date.parse(textField(one, 'appliedAt')) - at : Infinity,
    );
}

const headNow = async () =>
  Number(field((await call(`${url}/v1/verifiers`, { token: operatorToken })).body, 'revision'));

try {
  const acme = await makeAccount(latchkey, 'acme');
  const ids: string[] = [];
  for (let n = 0; n < 100; n += 1) {
    const body = { scopes: ['styles:read', 'fonts:read'] };
    const made = await call(`${url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body });
    ids.push(textField(made.body, 'id'));
  }
  const names = ['stopped', 'other-1', 'other-2'];
  for (const name of names) apis.push(await startGuardedApi(latchkey, { requires: ['styles:read'], name }));
  const [stopped] = apis;
  if (stopped === undefined) throw new Error('there is no verifier');
  const calls = await openPacedCalls({ port: Number(new URL(url).port), connections: 64, rate: RATE });
  const change = (count: number) => updateRequest(acme.token, ids, count);

  /** Memory is compared by the medians of the last seconds before and of the last seconds in it. */
  async function phase(seconds: number): Promise<Phase> {
    const before = [residentMiB(latchkey.pid())];
    const sizes: number[] = [];
    const lags: number[] = [];
    let isOver = false;
    const running = calls.run(seconds, change).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const revision = await headNow();
      await pause(1000);
      lags.push(...(await lagsOf(revision)));
      sizes.push(residentMiB(latchkey.pid()));
    }
    const { done, seconds: took } = await running;
    return { made: done / took, rise: median(sizes.slice(-5)) - median(before), lags };
  }

  await phase(Math.max(10, SECONDS / 2));
  const calm = await phase(SECONDS);
  process.kill(stopped.pid(), 'SIGSTOP');
  const held = await phase(SECONDS);
  const head = await headNow();
  process.kill(stopped.pid(), 'SIGCONT');
  const begun = performance.now();
  await stopped.caughtUp(head);
  const caughtUpMs = performance.now() - begun;
  calls.close();

  const lines: [string, Phase][] = [
    ['nobody stopped', calm],
    ['one stopped', held],
  ];
  console.log(
    `Node ${process.version}; 3 verifiers in their own processes, ${RATE} changes a second wanted, ${SECONDS} s each`,
  );
  for (const [name, { made, rise, lags }] of lines) {
    const { p50, p99, max } = percentilesOf(lags);
    console.log(
      `  ${name.padEnd(15)} ${made.toFixed(0)} changes/s; server's memory ${rise >= 0 ? '+' : ''}${rise.toFixed(1)} MiB; ` +
        `the others have a change after p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`,
    );
  }
  console.log(`  the stopped one has all changes ${caughtUpMs.toFixed(0)} ms after it runs again`);
  const isMet = held.rise < TARGET_MIB && percentilesOf(held.lags).p99 <= TARGET_P99_MS;
  console.log(
    `target: memory + < ${TARGET_MIB} MiB, the others within ${TARGET_P99_MS} ms: ${isMet ? 'met' : 'MISSED'}`,
  );
  process.exitCode = isMet ? 0 : 1;
} finally {
  for (const api of apis) {
    process.kill(api.pid(), 'SIGCONT');
    await api.close();
  }
  await latchkey.stop();
}
