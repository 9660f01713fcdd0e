import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { call, textField } from '../test/testing/call.ts';
import { makeAccount } from '../test/testing/make-account.ts';
import { startLatchkey } from '../test/testing/start-latchkey.ts';
import { requestBytes } from './load/keep-alive-load.ts';
import { startLightVerifiers } from './load/light-verifiers.ts';
import { openPacedCalls } from './load/paced-calls.ts';
import { percentilesOf } from './revocation/report.ts';

// How long after a change the last of 1,000 connected verifiers has it, at 100 and at 1,000 changes a second, and what that
// takes of the server's memory and CPU. The verifiers are light (they note what came and acknowledge it) and, like
// whoever makes the changes, live in this process; the server is one of its own.
// Run after `npx tsc -b`: node --conditions=latchkey-source bench/fan-out.ts [verifiers] [seconds]

const VERIFIERS = Number(process.argv[2] ?? 1000);
const SECONDS = Number(process.argv[3] ?? 20);
const RATES = [100, 1000];
const TARGET_P99_MS = 100;
const CLOCK_TICKS = 100;

const latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
const { url, operatorAccount, operatorToken } = latchkey;
const port = Number(new URL(url).port);
let isMet = true;
try {
  const acme = await makeAccount(latchkey, 'acme');
  const sync = await call(`${url}/tokens/v2/${operatorAccount}`, {
    method: 'POST',
    token: operatorToken,
    body: { scopes: ['verifiers:sync'], note: 'light verifiers' },
  });
  const token = textField(sync.body, 'token');
  const ids = await Promise.all(
    Array.from({ length: 50 }, async (_, number) => {
      const body = { scopes: ['styles:read', 'fonts:read'], note: `changed ${number}` };
      return textField(
        (await call(`${url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body })).body,
        'id',
      );
    }),
  );
  console.log(
    `${VERIFIERS} light verifiers, Node ${process.version}; from a change's time to its arrival at the last one`,
  );
  for (const rate of RATES) {
    const idle = usageOf(latchkey.pid());
    const light = await startLightVerifiers({
      port,
      token,
      count: VERIFIERS,
      cursor: await headCursor(token),
    });
    await pause(2000);
    const before = usageOf(latchkey.pid());
    const calls = await openPacedCalls({ port, connections: 32, rate });
    const change = (count: number) =>
      requestBytes('PATCH', `/tokens/v2/acme/${ids[count % ids.length]}`, acme.token, {
        scopes: count % (2 * ids.length) < ids.length ? ['styles:read'] : ['styles:read', 'fonts:read'],
      });
    const { done, seconds } = await calls.run(SECONDS, change);
    const after = usageOf(latchkey.pid());
    await pause(1000);
    const arrivals = light.arrivals();
    const delays = arrivals.map(({ at, last }) => Math.max(0, last - at));
    const { p50, p99, max } = percentilesOf(delays);
    const cores = (after.cpuTicks - before.cpuTicks) / CLOCK_TICKS / seconds;
    console.log(
      `  asked for ${rate} changes/s: ${(done / seconds).toFixed(0)}/s made, ${arrivals.length} of them seen by all; ` +
        `p50 ${p50.toFixed(0)} ms  p99 ${p99.toFixed(0)} ms  max ${max.toFixed(0)} ms; ` +
        `server: ${cores.toFixed(2)} cores, ${after.rssMiB.toFixed(0)} MiB (${idle.rssMiB.toFixed(0)} before they came), ${light.acks()} acks`,
    );
    if (p99 > TARGET_P99_MS || arrivals.length < done) isMet = false;
    calls.close();
    light.close();
    await pause(1000);
  }
} finally {
  await latchkey.stop();
}
console.log(`target p99 ≤ ${TARGET_P99_MS} ms, nothing missed: ${isMet ? 'met' : 'MISSED'}`);
process.exitCode = isMet ? 0 : 1;

/** The cursor of the head, from the hello of a stream that is closed again. */
async function headCursor(token: string): Promise<string> {
  const stream = await fetch(`${url}/v1/feed`, { headers: { authorization: `Bearer ${token}` } });
  let text = '';
  for await (const chunk of stream.body ?? []) {
    text += Buffer.from(chunk).toString();
    const head = /"head":"([^"]+)"/.exec(text)?.[1];
    if (head !== undefined) return head;
  }
  throw new Error('the feed ended before its hello');
}

function usageOf(pid: number): { rssMiB: number; cpuTicks: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return { rssMiB: (pages * 4096) / 2 ** 20, cpuTicks: Number(fields[11]) + Number(fields[12]) };
}
