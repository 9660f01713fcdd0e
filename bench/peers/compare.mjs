// What others ship for the same question, beside Latchkey in one run, by processor time. First in process: verifying one token or
// key. Then over HTTP: RFC 7662 introspection by oidc-provider and by `latchkey serve`.
// Run after `npx tsc -b` and `npm ci` in this folder: node --conditions=latchkey-source bench/peers/compare.mjs [rounds]
import crypto from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseScope, readHttpRequest } from '@latchkey/core';
import { createVerifier } from '@latchkey/verifier';
import { jwtVerify, SignJWT } from 'jose';
import { call } from '../../test/testing/call.ts';
import { makeAccount } from '../../test/testing/make-account.ts';
import { startProgram } from '../../test/testing/program.ts';
import { startLatchkey } from '../../test/testing/start-latchkey.ts';
import { until } from '../../test/testing/until.ts';
import { intervalText, measureInRounds } from '../load/cpu-rounds.ts';
import { intervalOf } from '../load/interval.ts';
import { cpuNsOf } from '../load/pinned-program.ts';
import { startTokenFeed } from '../load/token-feed.ts';
import { startBetterAuth } from './better-auth-keys.mjs';

const ROUNDS = Math.max(10, Number(process.argv[2] ?? 12));
const TOKENS = 300;
const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-'));

const feed = await startTokenFeed(folder, 100_000, 1);
const verifier = createVerifier({ url: feed.url, token: 'sk.bench' });
await verifier.ready();
const ours = feed.tokens.filter(({ record }) => record.usage === 'sk').slice(0, 10_000);
const policy = {
  requires: [parseScope(ours[0].record.scopes[0])],
  secretInQuery: 'flag',
  publicOrigin: undefined,
};
const verifyOurs = (n) => {
  const headers = ['Authorization', Buffer.from(`Bearer ${ours[n % ours.length].text}`).toString('latin1')];
  return verifier.verify(readHttpRequest('GET', '/styles/v1/acme/streets', headers, '::1'), policy).allow;
};

async function signedWith(alg, signKey, verifyKey) {
  const tokens = await Promise.all(
    Array.from({ length: TOKENS }, (_, n) =>
      new SignJWT({ scope: 'styles:read' })
        .setProtectedHeader({ alg })
        .setSubject(`account-${n}`)
        .setExpirationTime('1 day')
        .sign(signKey),
    ),
  );
  return async (n) => (await jwtVerify(tokens[n % TOKENS], verifyKey)).payload.sub !== undefined;
}
const secret = crypto.createSecretKey(crypto.randomBytes(32));
const pair = crypto.generateKeyPairSync('ed25519');

const contenders = [
  { name: 'Latchkey, verify()', count: 20_000, verify: verifyOurs, isSync: true },
  { name: 'jose, HS256', count: 1000, verify: await signedWith('HS256', secret, secret) },
  { name: 'jose, EdDSA', count: 1000, verify: await signedWith('EdDSA', pair.privateKey, pair.publicKey) },
  { name: 'better-auth, api-key on SQLite', count: 200, verify: await startBetterAuth(TOKENS) },
].map((contender) => ({ ...contender, took: [] }));

for (let round = -2; round < ROUNDS; round += 1) {
  for (const { count, verify, isSync, took } of round % 2 === 0 ? contenders : contenders.toReversed()) {
    const before = process.cpuUsage();
    for (let n = 0; n < count; n += 1) {
      if (!(isSync ? verify(n) : await verify(n))) throw new Error('a token that should pass did not');
    }
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) took.push((user + system) / count);
  }
}
await verifier.close();
await feed.stop();

console.log(
  `Node ${process.version}, ${cpus()[0]?.model}, ${ROUNDS} interleaved rounds; µs of processor time, times ours`,
);
console.log('median, 95 % interval\n');
report('in process, one token', contenders);

const latchkey = await startLatchkey({ env: { LATCHKEY_LOG_LEVEL: 'warn' } });
const acme = await makeAccount(latchkey, 'acme');
const texts = [];
for (let n = 0; n < TOKENS; n += 1) {
  const options = { method: 'POST', token: acme.token, body: { scopes: ['styles:read'], note: String(n) } };
  texts.push((await call(`${latchkey.url}/tokens/v2/acme`, options)).body.token);
}
const oidc = startProgram(process.execPath, [
  fileURLToPath(new URL('./oidc-process.mjs', import.meta.url)),
  String(TOKENS),
]);
try {
  const peer = await until('oidc-provider', () => {
    if (oidc.ended() !== undefined) throw new Error(oidc.output());
    const line = oidc
      .stdout()
      .split('\n')
      .find((each) => each.startsWith('{"port"'));
    return line === undefined ? undefined : JSON.parse(line);
  });
  await mustBeActive(`${latchkey.url}/oauth2/introspect`, `Bearer ${acme.token}`, texts[0]);
  await mustBeActive(`http://127.0.0.1:${peer.port}/token/introspection`, peer.authorization, peer.tokens[0]);
  const took = await measureInRounds(
    [
      {
        port: Number(new URL(latchkey.url).port),
        requests: texts.map((text) => introspection('/oauth2/introspect', `Bearer ${acme.token}`, text)),
        cpuNs: () => cpuNsOf(latchkey.pid()),
      },
      {
        port: peer.port,
        requests: peer.tokens.map((text) => introspection('/token/introspection', peer.authorization, text)),
        cpuNs: () => cpuNsOf(oidc.child.pid),
      },
    ],
    { rounds: ROUNDS, loadCore: 1 },
  );
  report('introspection over HTTP, one request', [
    { name: 'latchkey serve, SQLite on disk', took: took[0] },
    { name: 'oidc-provider, in memory', took: took[1] },
  ]);
} finally {
  await oidc.end('SIGTERM');
  await latchkey.stop();
  await rm(folder, { recursive: true });
}

async function mustBeActive(url, authorization, token) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams({ token }),
  });
  const text = await answer.text();
  if (JSON.parse(text).active !== true) throw new Error(`${url} answered ${text}`);
}

function introspection(target, authorization, text) {
  const body = `token=${encodeURIComponent(text)}`;
  return Buffer.from(
    `POST ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\nAccept: application/json\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}

function report(title, rows) {
  console.log(title);
  for (const { name, took } of rows) {
    const times = intervalOf(took.map((each, round) => each / rows[0].took[round]));
    console.log(
      `  ${name.padEnd(34)}${intervalText(intervalOf(took), 1).padEnd(30)}${intervalText(times, 1)}`,
    );
  }
  console.log();
}
