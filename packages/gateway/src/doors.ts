import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Policy } from '@latchkey/core';
import type { Verifier } from '@latchkey/verifier';
import type { Requires } from '@latchkey/verifier/middleware/guard';
import { dialects } from './doors/forward-auth/dialect.ts';
import { createForwardAuthDoor } from './doors/forward-auth/forward-auth.ts';
import { createReverseProxyDoor, type ReverseProxyDoor } from './doors/reverse-proxy/reverse-proxy.ts';
import type { Tunnels } from './doors/reverse-proxy/tunnels.ts';
import { GatewayError } from './gateway-error.ts';
import type { GatewayLog } from './gateway-log.ts';
import type { ProxyOptions } from './gateway-options.ts';
import type { GatewayMetrics } from './metrics.ts';
import { answerOutward } from './outward/answer-outward.ts';
import { tellFailures } from './tell-failures.ts';
import { tellProblems } from './tell-problems.ts';
import type { Forward } from './upstream/forward.ts';

/** What doors are made of. All of it may change while the gateway runs: doors are then made anew, and these are put in their place. */
export interface DoorSettings {
  readonly requires: Requires;
  readonly secretInQuery: Policy['secretInQuery'];
  /** The API's own origin, as browsers see it. */
  readonly publicOrigin: string | undefined;
  /** Who may tell the original request; empty: nobody, and every request is refused. */
  readonly trustedProxies: readonly string[];
  readonly proxy: ProxyOptions | undefined;
}

/** What doors use and do not own: it stays where they are made anew. */
export interface DoorParts {
  readonly metrics: GatewayMetrics;
  readonly log: GatewayLog;
  /** How the APIs behind a reverse proxy are asked; undefined: the gateway was started without one. */
  readonly behind: { readonly forward: Forward; readonly tunnels: Tunnels } | undefined;
}

export type Door = (incoming: IncomingMessage, response: ServerResponse) => void;

/** All doors of one configuration. What they answer already they answer to the end, also where others have taken their place. */
export interface Doors {
  /** @param path of the request, without its query; undefined: there is no door */
  at(path: string): Door | undefined;
  readonly proxy: ReverseProxyDoor | undefined;
}

/**
 * @throws TypeError where a setting is wrong
 * @throws GatewayError where the APIs of a reverse proxy do not fit the services
 */
export function buildDoors(
  verifier: Pick<Verifier, 'verify'>,
  settings: DoorSettings,
  { metrics, log, behind }: DoorParts,
): Doors {
  const { publicOrigin, proxy, ...rest } = settings;
  const options = {
    ...rest,
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    onAllow: metrics.countAllowed,
    onRefuse: ({ reason }: { readonly reason: string }) => metrics.count(reason),
  };
  const forwardAuth = { ...options, onProblem: tellProblems(log, metrics) };
  const byPath = new Map(
    dialects.map((dialect) => [
      dialect.path,
      metrics.timed('forward-auth', createForwardAuthDoor(verifier, dialect, forwardAuth)),
    ]),
  );
  const at = (path: string) => byPath.get(path);
  if (proxy === undefined || behind === undefined) return { at, proxy: undefined };
  checkUpstreams(settings.requires, proxy);
  const onFailure = tellFailures(log, metrics);
  const rules = { shared: proxy.sharedCaches, browserSeconds: proxy.browserSeconds };
  const forward = answerOutward(behind.forward, rules);
  const door = createReverseProxyDoor(verifier, { ...behind, forward }, { ...options, ...proxy, onFailure });
  const onRequest = metrics.timed('reverse-proxy', door.onRequest);
  return { at, proxy: { ...door, onRequest } };
}

/** The names of services are known only now where the table comes from the server. */
function checkUpstreams(requires: Requires, { upstream, upstreams }: ProxyOptions): void {
  if (typeof requires === 'function' || !('services' in requires)) return;
  const names = new Set(requires.services.map(({ name }) => name));
  const unknown = [...upstreams.keys()].find((name) => !names.has(name));
  if (unknown !== undefined) throw new GatewayError('upstreams_unfit', `no service is named ${unknown}`);
  const without = upstream === undefined ? [...names].find((name) => !upstreams.has(name)) : undefined;
  if (without !== undefined)
    throw new GatewayError('upstreams_unfit', `the service ${without} has no upstream`);
}
