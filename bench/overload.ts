import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text as readAll } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { call, textField } from '../test/testing/call.ts';
import { askVerifier, makeVerifierToken, startLocalVerifier } from '../test/testing/local-verifier.ts';
import { makeAccount } from '../test/testing/make-account.ts';
import { startLatchkey } from '../test/testing/start-latchkey.ts';
import type { Flooded, FloodOptions } from './load/flood-process.ts';
import { runLoad } from './load/keep-alive-load.ts';
import { residentMiB } from './load/process-usage.ts';
import { updateRequest } from './load/update-request.ts';
import { percentilesOf } from './revocation/report.ts';

// Three times the updates that the server can make, for a minute: what becomes of checks (validate), revocations and a
// verifier meanwhile, what is shed, and how soon they work again. Checks and revocations come one after the other from this
// process, the flood from another.
// Run after `npx tsc -b`: node --conditions=latchkey-source bench/overload.ts [seconds] [times]

const SECONDS = Number(process.argv[2] ?? 60);
const TIMES = Number(process.argv[3] ?? 3);
const CONNECTIONS = 1000;
const UPDATED = 200;
const DECISIONS = 100;
const PROBE_EVERY_MS = 20;
const RECOVERED_WITHIN_MS = 5000;
const FLOOD = fileURLToPath(new URL('./load/flood-process.ts', import.meta.url));

const latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
const port = Number(new URL(latchkey.url).port);
const acme = await makeAccount(latchkey, 'acme');
const verifier = await startLocalVerifier({ url: latchkey.url, token: await makeVerifierToken(latchkey) });

async function timed(work: () => Promise<number>, wanted: number): Promise<number> {
  const begun = performance.now();
  const status = await work();
  if (status !== wanted) throw new Error(`answered ${status} where ${wanted} was due`);
  return performance.now() - begun;
}

const create = () =>
  call(`${latchkey.url}/tokens/v2/acme`, {
    method: 'POST',
    token: acme.token,
    body: { scopes: ['styles:read'] },
  });
const check = () =>
  timed(async () => (await call(`${latchkey.url}/tokens/v2`, { token: acme.token })).status, 200);
const revoke = (id: string) =>
  timed(
    async () =>
      (await call(`${latchkey.url}/tokens/v2/acme/${id}`, { method: 'DELETE', token: acme.token })).status,
    204,
  );

/** What one decision of the verifier takes, in milliseconds. */
function decide(): number {
  const begun = performance.now();
  for (let n = 0; n < DECISIONS; n += 1) askVerifier(verifier.verifier, acme.token);
  return (performance.now() - begun) / DECISIONS;
}

/** Checks and revocations for so long: their times, and whether the verifier stayed current and refused what was revoked. */
async function probe(seconds: number, victims: string[]) {
  const seen = {
    decisions: [] as number[],
    checks: [] as number[],
    revocations: [] as number[],
    notCurrent: 0,
    refusedHere: 0,
    maxMiB: 0,
  };
  const end = performance.now() + seconds * 1000;
  for (let n = 0; performance.now() < end; n += 1) {
    seen.decisions.push(decide());
    seen.checks.push(await check());
    const victim = n % 10 === 0 ? victims.pop() : undefined;
    if (victim !== undefined) seen.revocations.push(await revoke(victim));
    if (!verifier.verifier.status().current) seen.notCurrent += 1;
    if (askVerifier(verifier.verifier, acme.token) !== 'allow') seen.refusedHere += 1;
    seen.maxMiB = Math.max(seen.maxMiB, residentMiB(latchkey.pid()));
    await pause(PROBE_EVERY_MS);
  }
  return seen;
}

function line(name: string, values: readonly number[]): string {
  const { p50, p99, max } = percentilesOf(values);
  return `${name} ${values.length}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(0)} ms`;
}

try {
  const victims: string[] = [];
  for (let n = 0; n < SECONDS * 6; n += 1) victims.push(textField((await create()).body, 'id'));
  const ids: string[] = [];
  for (let n = 0; n < UPDATED; n += 1) {
    const body = { scopes: ['styles:read', 'fonts:read'], note: 'updated' };
    const made = await call(`${latchkey.url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body });
    ids.push(textField(made.body, 'id'));
  }
  const capacity = await runLoad({
    host: '127.0.0.1',
    port,
    connections: 64,
    durationMs: 5000,
    request: (count) => updateRequest(acme.token, ids, count),
    expectStatus: 200,
  });
  const rate = Math.round(capacity.perSecond * TIMES);
  console.log(`capacity: ${capacity.perSecond.toFixed(0)} updates a second at 64 connections`);
  await pause(1000);
  const quiet = await probe(10, victims);

  const options: FloodOptions = {
    port,
    token: acme.token,
    ids,
    connections: CONNECTIONS,
    rate,
    seconds: SECONDS,
  };
  const child = spawn(process.execPath, ['--conditions=latchkey-source', FLOOD, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const printed = readAll(child.stdout);
  const ended = once(child, 'exit');
  await pause(1000);
  // The store's page cache fills in the first third: what memory does afterwards is what counts.
  const first = await probe(SECONDS / 3, victims);
  const second = await probe((2 * SECONDS) / 3 - 2, victims);
  const loaded = {
    decisions: [...first.decisions, ...second.decisions],
    checks: [...first.checks, ...second.checks],
    revocations: [...first.revocations, ...second.revocations],
    notCurrent: first.notCurrent + second.notCurrent,
    refusedHere: first.refusedHere + second.refusedHere,
  };
  const flooded = JSON.parse(await printed) as Flooded;
  await ended;
  const overAt = performance.now();
  const usual = percentilesOf(quiet.checks).p99;
  let recoveredMs = Number.NaN;
  while (Number.isNaN(recoveredMs)) {
    const made = await create();
    if (made.status === 200 && (await check()) <= 2 * usual) recoveredMs = performance.now() - overAt;
  }

  const answered = Object.values(flooded.statuses).reduce((sum, count) => sum + count, 0);
  const { 200: made = 0, 503: shed = 0 } = flooded.statuses;
  console.log(`load: ${rate} updates a second wanted for ${SECONDS} s over ${CONNECTIONS} connections`);
  console.log(
    `  answered ${(answered / SECONDS).toFixed(0)}/s: ${(made / SECONDS).toFixed(0)}/s made, ${(shed / SECONDS).toFixed(0)}/s shed, ` +
      `${answered - made - shed} otherwise; ${(flooded.unsent / SECONDS).toFixed(0)}/s not sent because every connection waited`,
  );
  for (const [name, { decisions }] of [['without load', quiet] as const, ['under load', loaded] as const]) {
    const { p50, p99 } = percentilesOf(decisions);
    console.log(
      `  a decision of the verifier ${name}: p50 ${(1000 * p50).toFixed(1)} µs, p99 ${(1000 * p99).toFixed(1)} µs`,
    );
  }
  console.log(`  ${line('checks without load', quiet.checks)}`);
  console.log(`  ${line('checks under load  ', loaded.checks)}`);
  console.log(`  ${line('revocations without load', quiet.revocations)}`);
  console.log(`  ${line('revocations under load  ', loaded.revocations)}`);
  console.log(
    `  verifier: not current ${loaded.notCurrent} times of ${loaded.checks.length}, refused a good token ${loaded.refusedHere} times`,
  );
  console.log(
    `  server's memory at most: ${quiet.maxMiB.toFixed(0)} MiB before, ${first.maxMiB.toFixed(0)} in the first third, ${second.maxMiB.toFixed(0)} in the rest`,
  );
  const isMet = recoveredMs < RECOVERED_WITHIN_MS && shed > 0 && loaded.refusedHere === 0;
  console.log(
    `  a creation and a check as fast as before ${recoveredMs.toFixed(0)} ms after the load: ${isMet ? 'met' : 'MISSED'}`,
  );
  process.exitCode = isMet ? 0 : 1;
} finally {
  await verifier.close();
  await latchkey.stop();
}
