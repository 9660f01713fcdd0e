import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createVerifier } from '@latchkey/verifier';

// Syncs a verifier over the wire, lets it save its copy, and syncs it again over what it holds.
// Run by replica.ts, which ends the epoch when it is told `synced`: sync-process.ts <url> <folder> <tokens>

const [url = '', folder = '', count = ''] = process.argv.slice(2);
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: object) => void;
const bare = residentBytes();

let start = performance.now();
const verifier = createVerifier({ url, token: 'sk.bench', folder, random: () => 0 });
const first = await delayWhile(async () => {
  await verifier.ready();
});
const syncMs = performance.now() - start;
start = performance.now();
const saving = await delayWhile(() => until(() => verifier.status().disk?.completeAt !== undefined));
const saveMs = performance.now() - start;
const problem = verifier.status().disk?.problem;
if (problem !== undefined || verifier.status().tokens !== Number(count))
  throw new Error(problem ?? 'tokens are missing');
await sleep(1000);
const bytes = (residentBytes() - bare) / Number(count);
const before = verifier.status().cursor;
console.log('synced');
start = performance.now();
const again = await delayWhile(() =>
  until(() => verifier.status().current && verifier.status().cursor !== before),
);
const resyncMs = performance.now() - start;
await sleep(1000);
const bytesAfter = (residentBytes() - bare) / Number(count);
console.log(JSON.stringify({ syncMs, first, saveMs, saving, bytes, resyncMs, again, bytesAfter }));
await verifier.close();

function residentBytes(): number {
  // As the runtime does by itself when it has nothing to do: what is free goes back to the system.
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return process.memoryUsage.rss();
}

/** The 99th percentile and the maximum of the event loop's delay meanwhile, in milliseconds. */
async function delayWhile(work: () => Promise<void>): Promise<{ p99: number; max: number }> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(2);
}
