import type { DoorCode } from './doors/reverse-proxy/door-answers.ts';
import type { GatewayLog } from './gateway-log.ts';
import type { GatewayMetrics } from './metrics.ts';

/** At most so many lines a minute, so that an API that is away does not fill a disk. */
const LINES_PER_MINUTE = 10;
const MINUTE_MS = 60_000;

/** Counts answers of the reverse proxy's own, and logs those that are about the API behind it. */
export function tellFailures(
  log: GatewayLog,
  metrics: Pick<GatewayMetrics, 'countProxyFailure'>,
  now: () => number = Date.now,
): (code: DoorCode, origin: string) => void {
  let minute = 0;
  let lines = 0;
  return (code, origin) => {
    metrics.countProxyFailure(code);
    if (!code.startsWith('upstream_')) return;
    const current = Math.floor(now() / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      lines = 0;
    }
    lines += 1;
    if (lines <= LINES_PER_MINUTE) log.warn({ upstream: origin, code }, 'the API behind the gateway fails');
  };
}
