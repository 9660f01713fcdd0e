import type { ServerResponse } from 'node:http';
import type { GuardAnswer } from './guard.ts';

/** Answers a request of Node's with a refusal, whole. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: GuardAnswer): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
}
