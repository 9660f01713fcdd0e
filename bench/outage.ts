import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { call, textField } from '../test/testing/call.ts';
import { makeAccount } from '../test/testing/make-account.ts';
import { startLatchkey } from '../test/testing/start-latchkey.ts';
import { intervalText } from './load/cpu-rounds.ts';
import { intervalOf } from './load/interval.ts';
import { startDecider } from './outage/decider.ts';

// What a decision takes while the server runs, while the server is dead and its database gone, and while a verifier that was only
// then started decides from its copy on disk. In each round all three, one after the other: the server is killed with SIGKILL, its
// data folder is moved away, put back, and it is started again. By processor time of the deciding thread.
// Run after `npx tsc -b`: node --conditions=latchkey-source bench/outage.ts [rounds] [tokens]

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 12));
const TOKENS = Number(process.argv[3] ?? 2000);
const PASSES = 20;
/** Before each figure, so that a process that was just started is not measured while it is compiled. */
const WARM_UP_PASSES = 30;

const latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-'));
const made = await call(`${latchkey.url}/tokens/v2/${latchkey.operatorAccount}`, {
  method: 'POST',
  token: latchkey.operatorToken,
  body: { scopes: ['verifiers:sync'] },
});
const token = textField(made.body, 'token');
const acme = await makeAccount(latchkey, 'acme');
const texts: string[] = [];
for (let n = 0; n < TOKENS; n += 1) {
  const body = { scopes: ['styles:read', 'tokens:read'], note: String(n) };
  texts.push(
    textField(
      (await call(`${latchkey.url}/tokens/v2/acme`, { method: 'POST', token: acme.token, body })).body,
      'token',
    ),
  );
}

const copy = path.join(folder, 'copy');
const first = startDecider(latchkey.url, token, copy);
await first.waitUntil('all tokens to arrive', ({ current, tokens }) => current && tokens >= TOKENS);
await first.stop();
const lasting = startDecider(latchkey.url, token, path.join(folder, 'lasting'));
const took = { alive: [] as number[], dead: [] as number[], restarted: [] as number[] };

try {
  for (let round = 0; round < ROUNDS; round += 1) {
    await lasting.waitUntil(
      'the feed',
      ({ connected, current, tokens }) => connected && current && tokens >= TOKENS,
    );
    await lasting.decide(texts, WARM_UP_PASSES);
    took.alive.push(await lasting.decide(texts, PASSES));

    await latchkey.kill();
    await rename(latchkey.dataDir, `${latchkey.dataDir}-gone`);
    await lasting.waitUntil('the end of the feed', ({ connected }) => !connected);
    await lasting.decide(texts, WARM_UP_PASSES);
    took.dead.push(await lasting.decide(texts, PASSES));

    const own = path.join(folder, `copy-${round}`);
    await cp(copy, own, { recursive: true });
    const restarted = startDecider(latchkey.url, token, own);
    await restarted.waitUntil(
      'the copy to be read',
      ({ connected, tokens }) => !connected && tokens >= TOKENS,
    );
    await restarted.decide(texts, WARM_UP_PASSES);
    took.restarted.push(await restarted.decide(texts, PASSES));
    await restarted.stop();

    await rename(`${latchkey.dataDir}-gone`, latchkey.dataDir);
    await latchkey.start();
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
} finally {
  await lasting.stop();
  await latchkey.stop();
  await rm(folder, { recursive: true });
}

console.log(`${ROUNDS} rounds, ${TOKENS} tokens, ${PASSES * TOKENS} decisions each, Node ${process.version}`);
console.log('nanoseconds of processor time for one decision: median, 95 % interval');
const alive = intervalOf(took.alive);
for (const [state, name] of [
  ['alive', 'the server runs'],
  ['dead', 'server and database are dead'],
  ['restarted', 'dead, and the verifier started anew from its copy'],
] as const) {
  const interval = intervalOf(took[state]);
  const isApart = interval.low > alive.high;
  const verdict = state === 'alive' ? '' : isApart ? 'SLOWER' : 'intervals overlap';
  console.log(`  ${name.padEnd(52)}${intervalText(interval, 0).padEnd(26)}${verdict}`);
  if (isApart) process.exitCode = 1;
}
