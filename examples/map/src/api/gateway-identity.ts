import { parseAccountName } from '@latchkey/core';
import type { MiddlewareHandler } from 'hono';
import type { MapEnv } from './map-env.ts';

/**
 * Behind a gateway the token is judged already and gone; whose it was stands in `Latchkey-Account`, which no client can send through. This API must
 * then be reachable through the gateway alone. CORS preflights come without.
 */
export const gatewayIdentity: MiddlewareHandler<MapEnv> = async (c, next) => {
  const account = parseAccountName(c.req.header('latchkey-account') ?? '');
  if (account !== undefined) {
    c.set('latchkey', { account });
    return next();
  }
  return c.json({ message: 'Forbidden', code: 'not_through_gateway' }, 403, { 'Cache-Control': 'no-store' });
};
