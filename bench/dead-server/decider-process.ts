import { createInterface } from 'node:readline';
import { parseScope, readHttpRequest, type Scope } from '@latchkey/core';
import { createVerifier } from '@latchkey/verifier';

// A verifier in a process of its own. It prints a line when it knows tokens; then each line that it gets is answered: `status` with
// whether it is connected, a number with how many decisions a second it made in so many milliseconds, and how many allowed.
// Argument: the texts of tokens, as JSON.

const { LATCHKEY_URL = '', LATCHKEY_TOKEN = '' } = process.env;
const texts = JSON.parse(process.argv[2] ?? '[]') as string[];
const requires = [parseScope('styles:read')].filter((scope): scope is Scope => scope !== undefined);
const policy = { requires, secretInQuery: 'flag', publicOrigin: undefined } as const;
const requests = texts.map((text) =>
  readHttpRequest('GET', '/styles/v1/acme/streets', ['Authorization', `Bearer ${text}`], '::1'),
);
const verifier = createVerifier({ url: LATCHKEY_URL, token: LATCHKEY_TOKEN });
const BATCH = 1000;

await verifier.ready();
console.log('ready');

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'status') console.log(JSON.stringify(verifier.status()));
  else console.log(JSON.stringify(await decide(Number(line))));
}
await verifier.close();

async function decide(ms: number): Promise<{ readonly perSecond: number; readonly allowed: number }> {
  const begun = performance.now();
  let count = 0;
  let allowed = 0;
  while (performance.now() - begun < ms) {
    for (let n = 0; n < BATCH; n += 1) {
      const request = requests[(count + n) % requests.length];
      if (request !== undefined && verifier.verify(request, policy).allow) allowed += 1;
    }
    count += BATCH;
    // The feed has its turn, as it has in an API.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { perSecond: (1000 * count) / (performance.now() - begun), allowed: allowed / count };
}
