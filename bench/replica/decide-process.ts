import crypto from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CheckRequest, Policy } from '@latchkey/core';
import { defaultCatalogue } from '@latchkey/core';
import { createVerifier } from '@latchkey/verifier';
import { typicalToken, unrestrictedNear } from './typical-tokens.ts';

// Starts from the copy on disk alone, tells when the first decision is made, and then measures decisions beside SHA-256 and a
// Map, round by round over the same sequence of tokens.
// Run by replica.ts: decide-process.ts <url> <folder> <tokens> <rounds> <epoch in ms>

const [url = '', folder = '', count = '', roundCount = '', epochMs = ''] = process.argv.slice(2);
const tokens = Number(count);
const FEW = 10_000;
const BATCH = 500;
const BATCHES = 40;
const WARM_UP_ROUNDS = 3;
const policy: Policy = {
  requires: defaultCatalogue.scopes.slice(0, 1).map(({ id }) => id),
  secretInQuery: 'flag',
  publicOrigin: undefined,
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: object) => void;
const bare = residentBytes();
const start = performance.now();
const verifier = createVerifier({
  url,
  token: 'sk.bench',
  folder,
  fetch: () => Promise.reject(new Error('dead')),
});
await verifier.ready();
const readMs = performance.now() - start;
const sample = typicalToken(0, Number(epochMs));
if (!verifier.verify(requestOf(sample.text, sample.origin), policy).allow) throw new Error('refused');
console.log('decided');
console.log(JSON.stringify({ readMs, bytesFromDisk: (residentBytes() - bare) / tokens }));

const all = Array.from({ length: tokens }, (_, n) => {
  const { text, origin } = typicalToken(n, Number(epochMs));
  return { text, origin };
});
const map = new Map(all.map(({ text }, n) => [crypto.hash('sha256', text, 'binary'), { n }]));
const verdicts = { few: [] as Round[], all: [] as Round[], unrestricted: [] as Round[] };
interface Round {
  readonly map: number;
  readonly verify: number;
}
for (let round = -WARM_UP_ROUNDS; round < Number(roundCount); round += 1) {
  for (const [name, from] of [
    ['few', Math.min(FEW, tokens)],
    ['all', tokens],
    ['unrestricted', tokens],
  ] as const) {
    const nanoseconds = { map: 0, verify: 0 };
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const chosen = Array.from({ length: BATCH }, () => {
        const n = crypto.randomInt(from);
        return all[name === 'unrestricted' ? unrestrictedNear(n) : n] ?? sample;
      });
      const isMapFirst = (batch + round) % 2 === 0;
      if (isMapFirst) nanoseconds.map += lookUp(chosen);
      nanoseconds.verify += decideAll(chosen);
      if (!isMapFirst) nanoseconds.map += lookUp(chosen);
    }
    const each = BATCH * BATCHES;
    if (round >= 0) verdicts[name].push({ map: nanoseconds.map / each, verify: nanoseconds.verify / each });
  }
}
console.log(JSON.stringify(verdicts));
await verifier.close();

function residentBytes(): number {
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return process.memoryUsage.rss();
}

type Chosen = Pick<typeof sample, 'text' | 'origin'>;

function lookUp(chosen: readonly Chosen[]): number {
  const texts = chosen.map(({ text }) => freshString(text));
  const start = process.hrtime.bigint();
  let found = 0;
  for (const text of texts) if (map.get(crypto.hash('sha256', text, 'binary')) !== undefined) found += 1;
  return done(start, found);
}

function decideAll(chosen: readonly Chosen[]): number {
  const requests = chosen.map(({ text, origin }) =>
    requestOf(freshString(text), origin === undefined ? undefined : freshString(origin)),
  );
  const start = process.hrtime.bigint();
  let allowed = 0;
  for (const request of requests) if (verifier.verify(request, policy).allow) allowed += 1;
  return done(start, allowed);
}

function done(start: bigint, met: number): number {
  const nanoseconds = Number(process.hrtime.bigint() - start);
  if (met !== BATCH) throw new Error('a token that should pass did not');
  return nanoseconds;
}

/** A string that shares nothing with others, as one that was just read from a socket. */
function freshString(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

function requestOf(text: string, origin: string | undefined): CheckRequest {
  return {
    method: 'GET',
    path: '/styles/v1/acme/streets',
    authorization: undefined,
    queryToken: text,
    origin,
    referer: undefined,
    secFetchSite: undefined,
    preflightMethod: undefined,
    iosBundleIdentifier: undefined,
    androidPackage: undefined,
    userAgent: undefined,
    address: '203.0.113.7',
  };
}
