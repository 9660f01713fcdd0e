import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Policy } from '@latchkey/core';
import type { Verifier } from '@latchkey/verifier';
import type { Requires } from '@latchkey/verifier/middleware/guard';
import { dialects } from './doors/forward-auth/dialect.ts';
import { createForwardAuthDoor } from './doors/forward-auth/forward-auth.ts';
import type { GatewayLog } from './gateway-log.ts';
import type { GatewayMetrics } from './metrics.ts';
import { tellProblems } from './tell-problems.ts';

/** What doors are made of. All of it may change while the gateway runs: doors are then made anew, and these are put in their place. */
export interface DoorSettings {
  readonly requires: Requires;
  readonly secretInQuery: Policy['secretInQuery'];
  /** The API's own origin, as browsers see it. */
  readonly publicOrigin: string | undefined;
  /** Who may tell the original request; empty: nobody, and every request is refused. */
  readonly trustedProxies: readonly string[];
}

export type Door = (incoming: IncomingMessage, response: ServerResponse) => void;

/** All doors of one configuration. What they answer already they answer to the end, also where others have taken their place. */
export interface Doors {
  /** @param path of the request, without its query; undefined: there is no door */
  at(path: string): Door | undefined;
}

/** @throws TypeError where a setting is wrong */
export function buildDoors(
  verifier: Pick<Verifier, 'verify'>,
  settings: DoorSettings,
  { metrics, log }: { readonly metrics: GatewayMetrics; readonly log: GatewayLog },
): Doors {
  const { publicOrigin, ...rest } = settings;
  const options = {
    ...rest,
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    onAllow: metrics.countAllowed,
    onRefuse: ({ reason }: { readonly reason: string }) => metrics.count(reason),
    onProblem: tellProblems(log, metrics),
  };
  const byPath = new Map(
    dialects.map((dialect) => [
      dialect.path,
      metrics.timed('forward-auth', createForwardAuthDoor(verifier, dialect, options)),
    ]),
  );
  return { at: (path) => byPath.get(path) };
}
