import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Verifier } from '@latchkey/verifier';
import { METRICS_CONTENT_TYPE } from '@latchkey/verifier/metrics';
import type { Doors } from './doors.ts';
import type { GatewayMetrics } from './metrics.ts';

/**
 * All that a gateway answers: its doors, `/healthz` (the process lives), `/readyz` (it serves the tokens that it knows) and `/metrics`.
 * @param doors those in force: asked for each request
 */
export function createListener(
  verifier: Pick<Verifier, 'status' | 'metrics'>,
  doors: () => Doors,
  metrics: GatewayMetrics,
): RequestListener {
  return (incoming, response) => {
    const door = doors().at(pathOf(incoming.url ?? ''));
    if (door === undefined) answerOwn(incoming, response);
    else door(incoming, response);
  };

  function answerOwn({ url }: IncomingMessage, response: ServerResponse): void {
    if (url === '/healthz') answer(response, 200, JSON_TYPE, '{"status":"ok"}');
    else if (url === '/readyz') {
      const { current, stale, ageSeconds } = verifier.status();
      // Cut off it goes on: taken out of service it would make an outage of the server one of the API.
      const isReady = stale.length < STALE_CLASSES && ageSeconds !== undefined;
      answer(response, isReady ? 200 : 503, JSON_TYPE, JSON.stringify({ current, stale, ageSeconds }));
    } else if (url === '/metrics') {
      answer(response, 200, METRICS_CONTENT_TYPE, metrics.text(verifier));
    } else answer(response, 404, JSON_TYPE, '{"message":"Not Found","code":"no_such_door"}');
  }
}

/** Once all of them are stale, no token is served. */
const STALE_CLASSES = 3;
const JSON_TYPE = 'application/json; charset=utf-8';

/** Some gateways leave the query of the original request at the question; it is told in a header, whole. */
function pathOf(target: string): string {
  const query = target.indexOf('?');
  return query === -1 ? target : target.slice(0, query);
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  const headers = { 'Content-Type': type, 'Cache-Control': 'no-store', Connection: 'close' };
  response.writeHead(status, headers).end(body);
}
