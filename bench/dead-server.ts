import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { call, textField } from '../test/testing/call.ts';
import { makeVerifierToken } from '../test/testing/local-verifier.ts';
import { makeAccount } from '../test/testing/make-account.ts';
import { startLatchkey } from '../test/testing/start-latchkey.ts';
import { intervalOf } from './load/interval.ts';

// Decisions of a verifier in its own process while its server lives, and while the server was killed and its database is gone,
// in turn, round by round. There is no difference where the two intervals overlap.
// Run after `npx tsc -b`: node --conditions=latchkey-source bench/dead-server.ts [rounds]

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 12));
const ROUND_MS = 1000;
const TOKENS = 1000;
const PROGRAM = fileURLToPath(new URL('./dead-server/decider-process.ts', import.meta.url));

const latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
const elsewhere = await mkdtemp(join(tmpdir(), 'latchkey-bench-'));
const acme = await makeAccount(latchkey, 'acme');
const texts = await Promise.all(
  Array.from({ length: TOKENS }, async () => {
    const body = { scopes: ['styles:read'] };
    const made = await call(`${latchkey.url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body });
    return textField(made.body, 'token');
  }),
);
const token = await makeVerifierToken(latchkey);
const child = spawn(process.execPath, ['--conditions=latchkey-source', PROGRAM, JSON.stringify(texts)], {
  stdio: ['pipe', 'pipe', 'inherit'],
  env: { ...process.env, LATCHKEY_URL: latchkey.url, LATCHKEY_TOKEN: token },
});
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

async function said(): Promise<string> {
  const next = await lines.next();
  if (next.done) throw new Error('the verifier ended early');
  return next.value;
}

function asked(line: string): Promise<string> {
  child.stdin.write(`${line}\n`);
  return said();
}

async function untilConnected(wanted: boolean): Promise<void> {
  for (;;) {
    const { connected } = JSON.parse(await asked('status')) as { connected: boolean };
    if (connected === wanted) return;
    await pause(50);
  }
}

async function measured(): Promise<number> {
  const { perSecond, allowed } = JSON.parse(await asked(String(ROUND_MS))) as {
    perSecond: number;
    allowed: number;
  };
  if (allowed !== 1) throw new Error(`only ${allowed} of the decisions allowed`);
  return perSecond;
}

try {
  await said();
  await measured();
  const alive: number[] = [];
  const dead: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await untilConnected(true);
    alive.push(await measured());
    await latchkey.kill();
    await cp(latchkey.dataDir, join(elsewhere, 'data'), { recursive: true });
    await rm(join(latchkey.dataDir, 'latchkey.db'));
    await untilConnected(false);
    dead.push(await measured());
    await rm(latchkey.dataDir, { recursive: true });
    await cp(join(elsewhere, 'data'), latchkey.dataDir, { recursive: true });
    await rm(join(elsewhere, 'data'), { recursive: true });
    await latchkey.start();
  }
  const [living, gone] = [intervalOf(alive), intervalOf(dead)];
  const ratio = intervalOf(dead.map((value, round) => value / (alive[round] ?? Number.NaN)));
  const show = ({ median, low, high }: typeof living, digits: number) =>
    `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
  const isMet = living.low <= gone.high && gone.low <= living.high;
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model}; ${ROUNDS} interleaved rounds, median and its 95 % interval`,
  );
  console.log(`  decisions a second, server and database alive: ${show(living, 0)}`);
  console.log(`  decisions a second, server and database dead:  ${show(gone, 0)}`);
  console.log(`  dead / alive, by rounds: ${show(ratio, 2)}`);
  console.log(`  the intervals overlap: ${isMet ? 'met' : 'MISSED'}`);
  process.exitCode = isMet ? 0 : 1;
} finally {
  child.kill();
  await latchkey.stop();
  await rm(elsewhere, { recursive: true, force: true });
}
