import { parseScope, readHttpRequest, type Scope } from '@latchkey/core';
import { createVerifier, type Verifier, type VerifierOptions } from '@latchkey/verifier';
import { parseCursor } from '@latchkey/wire/feed';
import { call, textField } from './call.ts';
import type { Latchkey } from './start-latchkey.ts';
import { until } from './until.ts';

/** A verifier in the test's own process, which follows a real server. */
export interface LocalVerifier {
  readonly verifier: Verifier;
  /** As {@link askVerifier}. */
  ask(token: string): string;
  hasApplied(revision: number): boolean;
  /** Resolves once it has applied the revision. */
  caughtUp(revision: number): Promise<void>;
  close(): Promise<void>;
}

const requires = [parseScope('styles:read')].filter((scope): scope is Scope => scope !== undefined);
const POLICY = { requires, secretInQuery: 'flag', publicOrigin: undefined } as const;

/** `allow`, or why the token may not pass, for a plain GET that needs `styles:read`. */
export function askVerifier(verifier: Pick<Verifier, 'verify'>, token: string): string {
  const request = readHttpRequest('GET', '/', ['Authorization', `Bearer ${token}`], '::1');
  const decision = verifier.verify(request, POLICY);
  return decision.allow ? 'allow' : decision.reason;
}

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
  const hasApplied = (revision: number): boolean => {
    const { cursor } = verifier.status();
    const applied = cursor === undefined ? undefined : parseCursor(cursor)?.revision;
    return applied !== undefined && applied >= revision;
  };
  return {
    verifier,
    hasApplied,
    ask: (token) => askVerifier(verifier, token),
    async caughtUp(revision) {
      await until(`the verifier to apply revision ${revision}`, () => hasApplied(revision) || undefined);
    },
    close: () => verifier.close(),
  };
}
