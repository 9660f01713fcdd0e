import type { DoorProblem } from './doors/forward-auth/forward-auth.ts';
import type { GatewayLog } from './gateway-log.ts';
import type { GatewayMetrics } from './metrics.ts';

const WHAT_TO_DO = {
  untrusted_peer: 'refused: this peer is none of gateway.trustedProxies',
  original_request_unclear: 'refused: the gateway does not tell the original method and target, once each',
} as const satisfies Record<DoorProblem, string>;

const TOLD_LIMIT = 100;

/** Logs each problem once for a peer, so that nobody can fill a disk by knocking; counts them all. */
export function tellProblems(
  log: GatewayLog,
  metrics: Pick<GatewayMetrics, 'count'>,
): (problem: DoorProblem, peer: string | undefined) => void {
  const told = new Set<string>();
  return (problem, peer) => {
    metrics.count(problem);
    const key = `${problem} ${peer}`;
    if (told.has(key) || told.size >= TOLD_LIMIT) return;
    told.add(key);
    log.warn({ peer }, WHAT_TO_DO[problem]);
  };
}
