import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkRequest } from '@latchkey/core';
import { parseRecord } from '@latchkey/wire/feed';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import vectors from '../../../../../conformance/decisions.json' with { type: 'json' };
import { digestText } from '../../digest.ts';
import { drain } from '../../feed/testing/rough-network.ts';
import { createReplica } from '../../replica/replica.ts';
import type { Verifier } from '../../verifier.ts';
import type { GuardOptions } from '../guard.ts';
import type { LatchkeyIdentity } from '../identity.ts';
import type { RawAnswer, RawRequest } from './raw-http.ts';
import { sendRaw } from './raw-http.ts';

/** An adapter on a server of its kind. The handler behind it answers 200 with what `describeIdentity` says. */
export interface Adapter {
  readonly name: string;
  readonly listen: (verifier: Pick<Verifier, 'verify'>, options: GuardOptions) => RequestListener;
  /** Vectors that cannot be run through this adapter, and why. */
  readonly knownGaps: Readonly<Record<string, string>>;
}

/** What the handler behind every adapter answers. */
export function describeIdentity(identity: LatchkeyIdentity | undefined): string {
  return JSON.stringify(identity ?? null);
}

const NOON = Date.parse('2026-11-23T12:00:00Z');

/** Runs the decision vectors through an adapter, over real sockets. */
export function describeAdapter({ name, listen, knownGaps }: Adapter): void {
  describe(name, () => {
    let server: Server;
    let port = 0;
    let listener: RequestListener;
    const refused: string[] = [];

    beforeAll(async () => {
      // Vectors hold header lines and methods that Node would judge by itself.
      server = createServer({ insecureHTTPParser: true }, (request, response) => listener(request, response));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      ({ port } = server.address() as AddressInfo);
    });
    afterAll(async () => {
      await once(server.close(), 'close');
    });

    async function send(vector: Vector, verifier: Pick<Verifier, 'verify'>): Promise<RawAnswer> {
      const { requires, secretInQuery } = vector.policy;
      refused.length = 0;
      listener = listen(verifier, {
        requires,
        secretInQuery: secretInQuery as NonNullable<GuardOptions['secretInQuery']>,
        publicOrigin: vectors.publicOrigin,
        trustedProxies: ['127.0.0.1'],
        onRefuse: ({ reason }) => refused.push(reason),
        requestId: () => 'request-1',
      });
      return sendRaw(port, withPeer(vector.request));
    }

    function check(answer: RawAnswer, expected: Vector['expect']): void {
      const body: unknown = JSON.parse(answer.body);
      if (expected.allow) {
        expect(answer.status).toBe(200);
        expect(body).toMatchObject({ tokenId: expected.id, exposedInUrl: expected.exposedInUrl });
        expect(refused).toEqual([]);
        return;
      }
      expect({ status: answer.status, body }).toMatchObject({
        status: expected.status,
        body: { message: expected.message, requestId: 'request-1' },
      });
      expect(refused).toEqual([expected.reason]);
      expect(answer.headers.get('www-authenticate') ?? null).toBe(expected.wwwAuthenticate);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      if (expected.status === 503) expect(answer.headers.get('retry-after')).toMatch(/^[0-9]+$/);
    }

    const decisions = (vectors.decisions as readonly Vector[]).filter(
      (vector) => !(vector.name in knownGaps),
    );
    test.each(decisions)('$name', async (vector) => {
      check(await send(vector, verifierAt(NOON, true, false)), vector.expect);
    });

    const timed = vectors.timed as readonly TimedVector[];
    test.each(timed)('timed: $name', async (vector) => {
      check(await send(vector, verifierAt(vector.now, vector.current, vector.stale)), vector.expect);
    });

    const preflights = vectors.preflights.filter((vector) => !(vector.name in knownGaps));
    test.each(preflights)('preflight: $name', async ({ request, preflight }) => {
      const never: Pick<Verifier, 'verify'> = {
        verify: (...args) => {
          if (preflight) throw new Error('a preflight was checked');
          return verifierAt(NOON, true, false).verify(...args);
        },
      };
      const policy = { requires: ['styles:read'], secretInQuery: 'flag' };
      const answer = await send({ name: '', request, policy, expect: ALLOWED }, never);
      expect(answer.status === 200).toBe(preflight);
      if (preflight) expect(answer.body).toBe('null');
    });

    test('a path without a route is answered 404, readably, and an open one needs no token', async () => {
      listener = listen(verifierAt(NOON, true, false), {
        requires: (_, path) => (path === '/open' ? 'open' : undefined),
        requestId: () => 'request-1',
      });
      const lost = await sendRaw(port, { method: 'GET', target: '/lost', headers: [] });
      expect(lost.status).toBe(404);
      expect(lost.headers.get('access-control-allow-origin')).toBe('*');
      expect(JSON.parse(lost.body)).toEqual({
        message: 'Not Found',
        code: 'route_not_found',
        requestId: 'request-1',
      });
      const open = await sendRaw(port, { method: 'GET', target: '/open', headers: [] });
      expect({ status: open.status, body: open.body }).toEqual({ status: 200, body: 'null' });
    });

    test('a function of the path cannot be told one path while the handler sees another', async () => {
      const paths: string[] = [];
      listener = listen(verifierAt(NOON, true, false), {
        requires: (_, path) => {
          paths.push(path);
          return path.startsWith('/open') ? 'open' : ['styles:read'];
        },
      });
      for (const target of [
        '/open/..%2fclosed',
        '/open/..;/closed',
        '/open//closed',
        '/open/%2e%2e;x/closed',
      ]) {
        expect((await sendRaw(port, { method: 'GET', target, headers: [] })).status).toBe(404);
      }
      for (const target of ['/%6fpen/', '/open?/../closed']) {
        expect((await sendRaw(port, { method: 'GET', target, headers: [] })).status).toBe(200);
      }
      expect(new Set(paths)).toEqual(new Set(['/open']));
    });

    test('an address that a proxy tells counts only where the proxy is trusted', async () => {
      const seen: (string | undefined)[] = [];
      const verifier: Pick<Verifier, 'verify'> = {
        verify: (request, policy) => {
          seen.push(request.address);
          return verifierAt(NOON, true, false).verify(request, policy);
        },
      };
      const headers = [['X-Forwarded-For', '203.0.113.9, 198.51.100.7, 127.0.0.1']];
      for (const trustedProxies of [[], ['127.0.0.0/8'], ['10.0.0.0/8'], ['127.0.0.1', '198.51.100.0/24']]) {
        listener = listen(verifier, { requires: [], trustedProxies });
        await sendRaw(port, { method: 'GET', target: '/', headers });
      }
      expect(seen).toEqual(['127.0.0.1', '198.51.100.7', '127.0.0.1', '203.0.113.9']);
    });

    test('a scope that is none is refused when the middleware is made', () => {
      const make = (requires: string[]) => () => listen(verifierAt(NOON, true, false), { requires });
      expect(make(['styles'])).toThrow(TypeError);
      expect(make(['styles:*'])).toThrow(TypeError);
    });
  });
}

interface Vector {
  readonly name: string;
  readonly request: RawRequest & { readonly peer: string };
  readonly policy: { readonly requires: readonly string[]; readonly secretInQuery: string };
  readonly expect: {
    readonly allow: boolean;
    readonly id?: string;
    readonly exposedInUrl?: boolean;
    readonly reason?: string;
    readonly status?: number;
    readonly message?: string;
    readonly wwwAuthenticate?: string | null;
  };
}

interface TimedVector extends Vector {
  readonly now: number;
  readonly current: boolean;
  readonly stale: boolean;
}

const ALLOWED = { allow: true } as const;

function withPeer({ peer, headers, ...request }: Vector['request']): RawRequest {
  return { ...request, headers: [...headers, ['X-Forwarded-For', peer]] };
}

/** The replica of a verifier, filled with the vectors' records, at a given time. */
function verifierAt(now: number, isCurrent: boolean, isStale: boolean): Pick<Verifier, 'verify'> {
  const source = {
    find: (text: string) => replica.find(digestText(text)),
    isCurrent: () => isCurrent,
    isStaleFor: () => isStale,
  };
  return { verify: (request, policy) => checkRequest(request, policy, source, now) };
}

const replica = createReplica();
const suspended = vectors.suspendedAccounts.map((account) => ({
  kind: 'account',
  account,
  status: 'suspended',
  revision: 0,
}));
const stage = replica.stage();
for (const record of [...suspended, ...vectors.tokens.map((token) => token.record)])
  stage.take(parseRecord(record));
drain(stage.adopt({ cursor: 'c', epoch: 'e', revision: 1e6, records: 0, sha256: '' }));
