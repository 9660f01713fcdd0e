import type { MiddlewareHandler } from 'hono';
import type { MapEnv } from './map-env.ts';
import { refuse } from './refusal.ts';

/** Lets a token see its own account only. Whether another account exists is not told: all of them are not found. */
export const ownAccountOnly: MiddlewareHandler<MapEnv> = async (c, next) => {
  const asked = c.req.param('account');
  if (asked === c.var.latchkey.account) return next();
  return refuse(c, 'not_found', `This token reads the account "${c.var.latchkey.account}" and no other.`);
};
