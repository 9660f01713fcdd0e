import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Verifier } from '@latchkey/verifier';
import { dialects } from './doors/forward-auth/dialect.ts';
import { createForwardAuthDoor, type ForwardAuthOptions } from './doors/forward-auth/forward-auth.ts';
import type { Metrics } from './metrics.ts';

/**
 * All that a gateway answers: its doors, `/healthz` (the process lives), `/readyz` (its replica is current) and `/metrics`.
 * @throws TypeError where an option is wrong
 */
export function createListener(
  verifier: Pick<Verifier, 'verify' | 'status'>,
  options: ForwardAuthOptions,
  metrics: Metrics,
): RequestListener {
  const doors = new Map(
    dialects.map((dialect) => [dialect.path, createForwardAuthDoor(verifier, dialect, options)]),
  );
  return (incoming, response) => {
    const door = doors.get(pathOf(incoming.url ?? ''));
    if (door === undefined) answerOwn(incoming, response);
    else door(incoming, response);
    // A gateway sends no body; one that comes all the same must not hold the connection up.
    if (!incoming.complete) incoming.resume();
  };

  function answerOwn({ url }: IncomingMessage, response: ServerResponse): void {
    if (url === '/healthz') answer(response, 200, JSON_TYPE, '{"status":"ok"}');
    else if (url === '/readyz') {
      const { current } = verifier.status();
      answer(response, current ? 200 : 503, JSON_TYPE, JSON.stringify({ current }));
    } else if (url === '/metrics') {
      answer(response, 200, METRICS_TYPE, metrics.text(verifier.status()));
    } else answer(response, 404, JSON_TYPE, '{"message":"Not Found","code":"no_such_door"}');
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Some gateways leave the query of the original request at the question; it is told in a header, whole. */
function pathOf(target: string): string {
  const query = target.indexOf('?');
  return query === -1 ? target : target.slice(0, query);
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
}
