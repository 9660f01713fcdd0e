import type { CheckRequest } from '@latchkey/core';
import { parseScope, readHttpRequest, type Scope } from '@latchkey/core';
import { createVerifier } from '@latchkey/verifier';

// A verifier in a process of its own, with a copy on disk. Asked to, it tells how it is, or decides again and again and tells what one
// decision took. Started by decider.ts.

export type ToDecider =
  | { readonly ask: 'status' }
  | { readonly ask: 'decide'; readonly texts: readonly string[]; readonly passes: number }
  | { readonly ask: 'stop' };
export type FromDecider =
  | {
      readonly told: 'status';
      readonly connected: boolean;
      readonly current: boolean;
      readonly tokens: number;
    }
  | { readonly told: 'decided'; readonly nanoseconds: number; readonly allowed: number };

const { LATCHKEY_URL = '', LATCHKEY_TOKEN = '', FOLDER = '' } = process.env;
const requires = [parseScope('styles:read')].filter((scope): scope is Scope => scope !== undefined);
const policy = { requires, secretInQuery: 'flag', publicOrigin: undefined } as const;
const verifier = createVerifier({ url: LATCHKEY_URL, token: LATCHKEY_TOKEN, folder: FOLDER });

process.on('message', (message: ToDecider) => {
  if (message.ask === 'status') {
    const { connected, current, tokens } = verifier.status();
    say({ told: 'status', connected, current, tokens });
  } else if (message.ask === 'decide') say(decide(message.texts, message.passes));
  else void verifier.close().then(() => process.disconnect());
});
await verifier.ready();

function decide(texts: readonly string[], passes: number): FromDecider {
  let allowed = 0;
  let microseconds = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const requests = texts.map(requestOf);
    const before = process.threadCpuUsage();
    for (const request of requests) if (verifier.verify(request, policy).allow) allowed += 1;
    const spent = process.threadCpuUsage(before);
    microseconds += spent.user + spent.system;
  }
  return { told: 'decided', nanoseconds: (1000 * microseconds) / (texts.length * passes), allowed };
}

/** With strings that were never seen before, as those of a request are. */
function requestOf(text: string): CheckRequest {
  const authorization = Buffer.from(`Bearer ${text}`, 'latin1').toString('latin1');
  return readHttpRequest('GET', '/styles/v1/acme/streets', ['Authorization', authorization], '::1');
}

function say(message: FromDecider): void {
  process.send?.(message);
}
