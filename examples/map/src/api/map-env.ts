import type { LatchkeyIdentity } from '@latchkey/verifier/middleware/hono';

/** What the token check leaves for the routes: whose token was checked. */
export interface MapEnv {
  readonly Variables: { readonly latchkey: Pick<LatchkeyIdentity, 'account'> };
}
