import { parseScope, readHttpRequest, type Scope } from '@latchkey/core';
import { createVerifier } from '@latchkey/verifier';
import { nowMs } from './monotonic.ts';

// One verifier in a process of its own. Told a token's text, it asks again and again whether the token may pass, says
// when it first does, and once it does not, when it last did.

export type ToChecker = { readonly watch: string } | { readonly stop: true };
export type FromChecker =
  | { readonly said: 'ready' }
  | { readonly said: 'accepts' }
  | { readonly said: 'refuses'; readonly reason: string; readonly lastAcceptedAt: number };

const { LATCHKEY_URL = '', LATCHKEY_TOKEN = '', VERIFIER_NAME = '' } = process.env;
const requires = [parseScope('styles:read')].filter((scope): scope is Scope => scope !== undefined);
const policy = { requires, secretInQuery: 'flag', publicOrigin: undefined } as const;
const verifier = createVerifier({ url: LATCHKEY_URL, token: LATCHKEY_TOKEN, name: VERIFIER_NAME });

process.on('message', (message: ToChecker) => {
  if ('watch' in message) watch(message.watch);
  else void verifier.close().then(() => process.disconnect());
});
await verifier.ready();
say({ said: 'ready' });

function watch(text: string): void {
  const request = readHttpRequest(
    'GET',
    '/styles/v1/acme/streets',
    ['Authorization', `Bearer ${text}`],
    '::1',
  );
  let lastAcceptedAt: number | undefined;
  const check = (): void => {
    const decision = verifier.verify(request, policy);
    if (decision.allow) {
      if (lastAcceptedAt === undefined) say({ said: 'accepts' });
      lastAcceptedAt = nowMs();
    } else if (lastAcceptedAt !== undefined) {
      say({ said: 'refuses', reason: decision.reason, lastAcceptedAt });
      return;
    }
    // Five processes that spin would starve the server on a small machine: each asks a thousand times a second.
    setTimeout(check, 1);
  };
  check();
}

function say(message: FromChecker): void {
  process.send?.(message);
}
