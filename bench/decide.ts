import crypto, { type KeyObject } from 'node:crypto';
import type { CheckRequest, Policy, TokenSource } from '@latchkey/core';
import { checkRequest, defaultCatalogue } from '@latchkey/core';
import { jwtVerify, SignJWT } from 'jose';
import { digestText } from '../packages/verifier/src/digest.ts';
import { createReplica } from '../packages/verifier/src/replica/replica.ts';
import { type Interval, intervalOf } from './load/interval.ts';
import { makePopulation, originOf, type Population } from './load/token-population.ts';

// How many decisions a second one core makes, text in and Decision out, beside a bare SHA-256 of the same texts and beside
// the verification of signed tokens. All tokens stand in one replica, as they do in a process: were there one for each
// kind of tokens, the compiler would meet several at a place where a process has one. All run in turn, round by round. In a round each meets all of its tokens in order, as
// strings that were just read. Those are made in small batches outside the clock, and the median batch stands for the
// round, because a pause of the collector is mostly about them.
// Run: node --conditions=latchkey-source bench/decide.ts [rounds] [tokens]

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 20));
const TOKENS = Math.max(10_000, Number(process.argv[3] ?? 10_000));
const BATCH = 500;
const BATCHES = Math.floor(TOKENS / BATCH);
/** Signed tokens are verified so slowly that a tenth of them will do. */
const SIGNED_BATCH = BATCH / 10;
const PASSES = 4;
const WARM_UP_ROUNDS = 2;
const TARGET = 2;

const [, wanted] = defaultCatalogue.scopes;
if (wanted === undefined) throw new Error('the catalogue is empty');
const scopes = [wanted.id];
const policy: Policy = { requires: scopes, secretInQuery: 'flag', publicOrigin: undefined };

interface Contender {
  readonly name: string;
  /** How often it meets each of its tokens in one round: tokens in use are not met once an hour. */
  readonly passes: number;
  /** Makes the strings of one batch, outside the clock; what it answers does the work and returns the number done. */
  readonly prepare: (batch: number) => () => number | Promise<number>;
}

const replica = createReplica();
const free = makePopulation(TOKENS, 0, scopes, replica);
const three = makePopulation(TOKENS, 3, scopes, replica);
const hundred = makePopulation(TOKENS, 100, scopes, replica);
const source: TokenSource = {
  find: (text) => replica.find(digestText(text)),
  isCurrent: () => true,
  isStaleFor: () => false,
};
const hmacKey = crypto.createSecretKey(crypto.randomBytes(32));
const edKeys = crypto.generateKeyPairSync('ed25519');
const hmacTokens = await sign('HS256', hmacKey);
const edTokens = await sign('EdDSA', edKeys.privateKey);

const contenders: readonly Contender[] = [
  { name: 'crypto.hash alone', passes: PASSES, prepare: hashing(free.texts) },
  { name: 'decide, unrestricted', passes: PASSES, prepare: deciding(free) },
  { name: 'decide, 3 URLs', passes: PASSES, prepare: deciding(three) },
  { name: 'decide, 100 URLs', passes: PASSES, prepare: deciding(hundred) },
  { name: 'jose HS256 verify', passes: 1, prepare: verifying(hmacTokens, hmacKey) },
  { name: 'jose EdDSA verify', passes: 1, prepare: verifying(edTokens, edKeys.publicKey) },
];

const nanoseconds = new Map(contenders.map(({ name }) => [name, [] as number[]]));
for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
  // Nobody always runs after the same neighbour.
  const turn = (round + WARM_UP_ROUNDS) % contenders.length;
  for (const { name, passes, prepare } of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
    const batches: number[] = [];
    for (let batch = 0; batch < passes * BATCHES; batch += 1) {
      const run = prepare(batch % BATCHES);
      const start = process.hrtime.bigint();
      const done = await run();
      batches.push(Number(process.hrtime.bigint() - start) / done);
    }
    if (round >= 0) nanoseconds.get(name)?.push(intervalOf(batches).median);
  }
}

const rounds = (name: string) => nanoseconds.get(name) ?? [];
const bare = rounds('crypto.hash alone');
console.log(
  `${ROUNDS} interleaved rounds, ${TOKENS} different tokens (${BATCHES * SIGNED_BATCH} for jose), Node ${process.version}, one core`,
);
console.log('median and its 95 % interval\n');
console.log(
  `${''.padEnd(40)}${'a second'.padStart(12)}${'ns each'.padStart(10)}${'interval'.padStart(18)}${'times the hash'.padStart(18)}`,
);
for (const { name } of contenders) {
  const each = intervalOf(rounds(name));
  const ratio = ratioOf(name);
  console.log(
    `${name.padEnd(40)}${Math.round(1e9 / each.median)
      .toLocaleString('en')
      .padStart(12)}${each.median.toFixed(0).padStart(10)}` +
      `${`${each.low.toFixed(0)} to ${each.high.toFixed(0)}`.padStart(18)}` +
      `${`${ratio.median.toFixed(2)} (${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`.padStart(24)}`,
  );
}
const reached = ratioOf('decide, unrestricted').median;
console.log(
  `\nan unrestricted decision takes ${reached.toFixed(2)} times the hash; target ${TARGET}: ${reached <= TARGET ? 'met' : 'missed'}`,
);
if (reached > TARGET) process.exitCode = 1;

function ratioOf(name: string): Interval {
  return intervalOf(rounds(name).map((each, round) => each / (bare[round] ?? Number.NaN)));
}

function hashing(texts: readonly string[]): Contender['prepare'] {
  return (batch) => {
    const fresh = batchOf(texts, batch, BATCH).map(freshString);
    return () => {
      let made = 0;
      for (const text of fresh) if (crypto.hash('sha256', text, 'binary').length === 32) made += 1;
      return all(fresh, made);
    };
  };
}

function deciding(population: Population): Contender['prepare'] {
  const now = Date.now();
  return (batch) => {
    const requests = batchOf(population.texts, batch, BATCH).map((text, n) =>
      requestOf(freshString(`Bearer ${text}`), freshString(originOf(batch * BATCH + n))),
    );
    return () => {
      let allowed = 0;
      for (const request of requests) if (checkRequest(request, policy, source, now).allow) allowed += 1;
      return all(requests, allowed);
    };
  };
}

function verifying(tokens: readonly string[], key: KeyObject): Contender['prepare'] {
  return (batch) => {
    const fresh = batchOf(tokens, batch, SIGNED_BATCH).map(freshString);
    return async () => {
      for (const token of fresh) await jwtVerify(token, key);
      return fresh.length;
    };
  };
}

function batchOf<T>(list: readonly T[], batch: number, size: number): readonly T[] {
  return list.slice(batch * size, (batch + 1) * size);
}

function all(list: readonly unknown[], met: number): number {
  if (met !== list.length) throw new Error('a token that should pass did not');
  return met;
}

function sign(alg: 'HS256' | 'EdDSA', key: KeyObject): Promise<string[]> {
  return Promise.all(
    Array.from({ length: BATCHES * SIGNED_BATCH }, (_, n) =>
      new SignJWT({ a: `c${n}`, scope: scopes.join(' ') })
        .setProtectedHeader({ alg })
        .setSubject(`account-${n % 500}`)
        .setExpirationTime('1 day')
        .sign(key),
    ),
  );
}

/** A string that shares nothing with others, as one that was just read from a socket: no cached hash, no rope. */
function freshString(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

function requestOf(authorization: string, origin: string): CheckRequest {
  return {
    method: 'GET',
    path: '/styles/v1/acme/streets',
    authorization,
    queryToken: undefined,
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
