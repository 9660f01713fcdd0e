import { parseScope, readHttpRequest, type Scope } from '@latchkey/core';
import { createVerifier, type Verifier, type VerifierOptions } from '@latchkey/verifier';
import { parseCursor } from '@latchkey/wire/feed';
import { call, textField } from './call.ts';
import type { Latchkey } from './start-latchkey.ts';
import { until } from './until.ts';

/** A verifier in the test's own process, which follows a real server. */
export interface LocalVerifier {
  readonly verifier: Verifier;
  /** `allow`, or why the token may not pass. The request is a plain GET; it needs `styles:read`. */
  ask(token: string): string;
  /** Resolves once it has applied the revision. */
  caughtUp(revision: number): Promise<void>;
  close(): Promise<void>;
}

const requires = [parseScope('styles:read')].filter((scope): scope is Scope => scope !== undefined);
const POLICY = { requires, secretInQuery: 'flag', publicOrigin: undefined } as const;

/** Makes a token for verifiers. */
export async function makeVerifierToken(
  latchkey: Pick<Latchkey, 'url' | 'operatorAccount' | 'operatorToken'>,
  note = 'verifier',
): Promise<string> {
  const made = await call(`${latchkey.url}/tokens/v2/${latchkey.operatorAccount}`, {
    method: 'POST',
    token: latchkey.operatorToken,
    body: { scopes: ['verifiers:sync'], note },
  });
  return textField(made.body, 'token');
}

/** Starts it, and waits for it to know tokens. `url` may name a proxy in front of the server. */
export async function startLocalVerifier(options: VerifierOptions): Promise<LocalVerifier> {
  const verifier = createVerifier(options);
  await verifier.ready();
  return {
    verifier,
    ask(token) {
      const request = readHttpRequest('GET', '/', ['Authorization', `Bearer ${token}`], '::1');
      const decision = verifier.verify(request, POLICY);
      return decision.allow ? 'allow' : decision.reason;
    },
    async caughtUp(revision) {
      await until(`the verifier to apply revision ${revision}`, () => {
        const { cursor } = verifier.status();
        const applied = cursor === undefined ? undefined : parseCursor(cursor)?.revision;
        return applied !== undefined && applied >= revision ? true : undefined;
      });
    },
    close: () => verifier.close(),
  };
}
