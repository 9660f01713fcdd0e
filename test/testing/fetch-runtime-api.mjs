// A fetch handler behind the published verifier, in plain JavaScript, on Bun or Deno. Follows the feed at LATCHKEY_URL at the time in NOW
// (unix milliseconds) and prints its port. `PUT /-/options` sets the middleware's options for the requests that follow.
import process from 'node:process';
import { createVerifier } from '@latchkey/verifier';
import { latchkeyFetch, latchkeyOf } from '@latchkey/verifier/middleware/fetch';

const { LATCHKEY_URL, LATCHKEY_TOKEN, NOW } = process.env;
const clock = {
  wall: () => Number(NOW),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
const verifier = createVerifier({ url: LATCHKEY_URL, token: LATCHKEY_TOKEN, clock });
await verifier.ready();

const answer = (request) => Response.json(latchkeyOf(request) ?? null);
let guarded = latchkeyFetch(verifier, { requires: [] })(answer);

async function handle(request, known) {
  if (new URL(request.url).pathname !== '/-/options') return guarded(request, known);
  const options = await request.json();
  guarded = latchkeyFetch(verifier, { ...options, requestId: () => 'request-1' })(answer);
  return new Response(null, { status: 204 });
}

if (globalThis.Bun !== undefined) {
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: handle });
  process.stdout.write(`${server.port}\n`);
} else {
  Deno.serve(
    { port: 0, hostname: '127.0.0.1', onListen: ({ port }) => process.stdout.write(`${port}\n`) },
    handle,
  );
}
