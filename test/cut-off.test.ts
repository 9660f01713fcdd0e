import { expect, test } from 'vitest';
import { systemClock } from '../packages/verifier/src/clock.ts';
import { call } from './testing/call.ts';
import type { FaultProxy } from './testing/fault-proxy.ts';
import { type GuardedApi, revisionOf, startGuardedApi } from './testing/guarded-api.ts';
import type { LocalVerifier } from './testing/local-verifier.ts';
import { readReceipt } from './testing/receipt.ts';
import { until } from './testing/until.ts';
import { withNetwork } from './testing/with-network.ts';

// A verifier that nothing reaches any more. The receipt of each change says until when it may go on without the change; what
// counts is when it stops by its own clock.

interface Cut {
  readonly how: string;
  /** A black hole is found after ten seconds, so its bounds are longer. */
  readonly bounds: Readonly<Record<'secret' | 'temporary' | 'public', number>>;
  readonly cut: (network: FaultProxy) => void;
  readonly mend: (network: FaultProxy) => void;
}

const CUTS: readonly Cut[] = [
  {
    how: 'by a reset, which the server sees',
    bounds: { secret: 4, temporary: 3, public: 5 },
    cut(network) {
      network.refuse(true);
      network.reset();
    },
    mend: (network) => network.refuse(false),
  },
  {
    how: 'by a black hole, of which no socket tells',
    bounds: { secret: 12, temporary: 11, public: 13 },
    cut: (network) => network.both({ isHole: true }),
    mend: (network) => network.both({ isHole: false }),
  },
];

test.concurrent.each(CUTS)(
  'a verifier that is cut off $how stops accepting what was changed within the bound that each receipt states',
  ({ bounds, cut, mend }) =>
    withNetwork(bounds, async ({ latchkey, network, acme, resting, make, change, follow }) => {
      const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
      const wide = { scopes: ['styles:read', 'fonts:read', 'uploads:list'] };
      const parent = await make({ scopes: ['styles:read', 'tokens:write', 'uploads:list'] });
      const tokens = {
        deleted: await make(wide),
        deletedPublic: await make({ scopes: ['styles:read'] }),
        narrowed: await make(wide),
        restricted: await make({ scopes: ['styles:read'] }),
        shortened: await make(wide),
        parent,
        child: await make({ scopes: ['styles:read'], expires: inMs(1_800_000) }, parent.token),
        resting: { id: '', token: resting.token },
        untouched: await make({ scopes: ['styles:read'] }),
      };
      const expiresAt = Date.now() + 2500;
      const expiring = await make(
        { scopes: ['styles:read'], expires: new Date(expiresAt).toISOString() },
        parent.token,
      );
      // Little patience, so that it is back soon after the network is.
      const honest = await follow({ name: 'honest', random: () => 0.02 });
      // The safeguard switched off: for this one no time passes, so that nothing is ever too old.
      const timeless = await follow({ name: 'mutant', clock: { ...systemClock, monotonic: () => 0 } });
      for (const one of [honest, timeless]) {
        for (const { token } of [...Object.values(tokens), expiring]) expect(one.ask(token)).toBe('allow');
      }

      cut(network);
      const cutAt = Date.now();
      const revoked = await change('DELETE', tokens.parent.id);
      const suspended = await call(`${latchkey.url}/v1/accounts/resting/suspend`, {
        method: 'POST',
        token: latchkey.operatorToken,
      });
      const shortened = await call(`${latchkey.url}/v1/tokens/${tokens.shortened.id}`, {
        method: 'PATCH',
        token: acme.token,
        body: { expires: inMs(500) },
      });
      const revisions: Readonly<Partial<Record<keyof typeof tokens, number>>> = {
        deleted: await change('DELETE', tokens.deleted.id),
        deletedPublic: await change('DELETE', tokens.deletedPublic.id),
        narrowed: await change('PATCH', tokens.narrowed.id, { scopes: ['fonts:read'] }),
        restricted: await change('PATCH', tokens.restricted.id, { allowedUrls: ['https://a.example.com'] }),
        shortened: revisionOf(shortened.headers),
        parent: revoked,
        child: revoked,
        resting: revisionOf(suspended.headers),
      };

      const watched = watch([honest, timeless], { ...tokens, expiring });
      const stated = new Map<string, number>();
      for (const [name, revision] of Object.entries(revisions)) {
        const line = await until(`the receipt of ${name} to state a time`, async () => {
          const { verifiers } = await readReceipt(latchkey, revision);
          return verifiers.find((one) => one.name === 'honest' && one.servesUntil !== undefined);
        });
        expect(['unreachable', 'expired']).toContain(line.state);
        stated.set(name, line.servesUntil ?? 0);
      }
      await until('every stated time to pass, and everything to be refused', () => {
        const isOver = [...stated.values()].every((at) => at < Date.now());
        const isRefused = Object.values(tokens).every(({ token }) => honest.ask(token) !== 'allow');
        return isOver && isRefused ? true : undefined;
      });
      watched.stop();
      for (const [name, servesUntil] of stated) {
        const at = watched.lastAccepted(honest, name);
        expect(at, `${name}: served while cut off`).toBeGreaterThan(cutAt);
        expect(at, `${name}: served ${at - servesUntil} ms past the bound`).toBeLessThanOrEqual(servesUntil);
        const mutant = watched.lastAccepted(timeless, name);
        expect(mutant, `${name}: the mutant stopped`).toBeGreaterThan(servesUntil);
      }
      expect(watched.lastAccepted(honest, 'expiring')).toBeLessThan(expiresAt);
      expect(honest.ask(tokens.deleted.token)).toBe('replica_stale');

      mend(network);
      await honest.caughtUp(Math.max(...Object.values(revisions)));
      await until(
        'the verifier to serve again',
        () => honest.ask(tokens.untouched.token) === 'allow' || undefined,
      );
      const answers = Object.entries(tokens).map(([name, { token }]) => [name, honest.ask(token)]);
      expect(Object.fromEntries(answers)).toEqual({
        deleted: 'revoked',
        deletedPublic: 'revoked',
        narrowed: 'insufficient_scope',
        restricted: 'evidence_missing',
        shortened: 'expired',
        parent: 'revoked',
        child: 'revoked',
        resting: 'account_suspended',
        untouched: 'allow',
      });
    }),
);

const CHANGES_WHILE_STOPPED = 100;
const LONG = { secret: 900, temporary: 900, public: 3600 };

test.concurrent('a half-open connection is found by its heartbeats on both sides, and the verifier comes back by itself', () =>
  withNetwork(LONG, async ({ latchkey, network, make, change, follow }) => {
    const problems: (string | undefined)[] = [];
    const verifier = await follow({ onStatus: ({ problem }) => problems.push(problem) });
    const { id, token } = await make({ scopes: ['styles:read'] });
    expect(verifier.ask(token)).toBe('allow');
    network.strand();
    const revision = await change('DELETE', id);
    await verifier.caughtUp(revision);
    expect(verifier.ask(token)).toBe('revoked');
    expect(problems).toContainEqual(expect.stringContaining('no heartbeat came'));
    // Its former stream is still open for the server, which nobody told.
    await until('the server to drop the silent stream', () =>
      latchkey.log().includes('a verifier fell silent: cut') ? true : undefined,
    );
    const { verifiers } = await readReceipt(latchkey, revision);
    expect(verifiers).toMatchObject([{ state: 'applied' }]);
  }));

test.concurrent('a verifier that hears and is not heard applies every change, calls nothing unknown, and is counted as cut off', () =>
  withNetwork(LONG, async ({ latchkey, network, make, change, follow }) => {
    const verifier = await follow({});
    const { id, token } = await make({ scopes: ['styles:read'] });
    const kept = await make({ scopes: ['styles:read'] });
    const unknown = `${token.slice(0, -1)}${token.endsWith('A') ? 'Q' : 'A'}`;
    expect(verifier.ask(unknown)).toBe('unknown_token');
    network.toServer({ isHole: true });
    await verifier.caughtUp(await change('DELETE', id));
    expect([verifier.ask(token), verifier.ask(kept.token)]).toEqual(['revoked', 'allow']);
    const revision = await change('DELETE', kept.id);
    await until('the lease to end', () => !verifier.verifier.status().current || undefined);
    expect(verifier.ask(unknown)).toBe('replica_stale');
    const state = await until('the receipt to call it unreachable', async () =>
      (await readReceipt(latchkey, revision)).verifiers.find((one) => one.state === 'unreachable'),
    );
    expect(state.servesUntil).toBeGreaterThan(Date.now());
    await until('the server to drop the silent stream', () =>
      latchkey.log().includes('a verifier fell silent: cut') ? true : undefined,
    );
    network.toServer({ isHole: false });
    await until(
      'the receipt to be complete',
      async () => (await readReceipt(latchkey, revision)).complete || undefined,
    );
    await until('the verifier to be current', () => verifier.verifier.status().current || undefined);
    expect([verifier.ask(kept.token), verifier.ask(unknown)]).toEqual(['revoked', 'unknown_token']);
  }));

test.concurrent('a verifier whose process is stopped is dropped while another goes on at once, and catches up when it runs again', () =>
  withNetwork(LONG, async ({ latchkey, make, change }) => {
    const stopped = await startGuardedApi(latchkey, { requires: ['styles:read'], name: 'stopped' });
    const other = await startGuardedApi(latchkey, { requires: ['styles:read'], name: 'other' });
    try {
      const { id, token } = await make({ scopes: ['styles:read'] });
      await Promise.all([stopped.caughtUp(), other.caughtUp()]);
      const ask = async (api: GuardedApi) =>
        (await call(`${api.url}/styles/v1/acme/streets`, { token })).status;
      expect([await ask(stopped), await ask(other)]).toEqual([200, 200]);
      process.kill(stopped.pid(), 'SIGSTOP');
      const changed = await make({ scopes: ['styles:read'] });
      for (let n = 0; n < CHANGES_WHILE_STOPPED; n += 1) {
        await change('PATCH', changed.id, { scopes: n % 2 === 0 ? ['fonts:read'] : ['styles:read'] });
      }
      const revision = await change('DELETE', id);
      await other.caughtUp(revision);
      expect(await ask(other)).toBe(401);
      await until('the server to drop the stopped verifier', () =>
        latchkey.log().includes('a verifier fell silent: cut') ? true : undefined,
      );
      const { verifiers } = await readReceipt(latchkey, revision);
      expect(Object.fromEntries(verifiers.map(({ name, state }) => [name, state]))).toEqual({
        stopped: 'unreachable',
        other: 'applied',
      });
      process.kill(stopped.pid(), 'SIGCONT');
      await stopped.caughtUp(revision);
      expect(await ask(stopped)).toBe(401);
    } finally {
      process.kill(stopped.pid(), 'SIGCONT');
      await Promise.all([stopped.close(), other.close()]);
    }
  }));

/** Asks each verifier for each token again and again, and keeps the last moment at which it let the token pass. */
function watch(
  verifiers: readonly LocalVerifier[],
  tokens: Readonly<Record<string, { readonly token: string }>>,
): { lastAccepted(verifier: LocalVerifier, name: string): number; stop(): void } {
  const last = new Map(verifiers.map((one) => [one, new Map<string, number>()]));
  const look = (): void => {
    for (const [verifier, times] of last) {
      for (const [name, { token }] of Object.entries(tokens)) {
        if (verifier.ask(token) === 'allow') times.set(name, Date.now());
      }
    }
  };
  const timer = setInterval(look, 2);
  return {
    lastAccepted: (verifier, name) => last.get(verifier)?.get(name) ?? 0,
    stop() {
      look();
      clearInterval(timer);
    },
  };
}
