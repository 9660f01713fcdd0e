import type { LatchkeyIdentity } from '@latchkey/verifier/middleware/hono';

/** How long a gateway may keep an answer that is the same for everybody, in seconds. */
const SHARED_SECONDS = 3600;

/** The account that an answer depends on, beside its URL; nobody: it is the same for all. */
export type DependsOn = 'nobody' | keyof Pick<LatchkeyIdentity, 'account'>;

/**
 * Headers of an answer that a gateway may keep and give to other tokens as well, once it has judged them. Where this API judges by itself
 * nobody does that after it, so nothing may be shared.
 */
export function sharedAnswer(isBehindGateway: boolean, dependsOn: DependsOn): Record<string, string> {
  if (!isBehindGateway) return {};
  const shared = { 'Cache-Control': `public, max-age=${SHARED_SECONDS}` };
  return dependsOn === 'nobody' ? shared : { ...shared, Vary: 'Latchkey-Account' };
}
