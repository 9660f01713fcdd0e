import type { CheckRequest } from './check-request.ts';

/**
 * True for a CORS preflight, `OPTIONS` with one `Access-Control-Request-Method`. It carries no token by design (Fetch
 * standard), so adapters ask this first and neither check nor meter it: a middleware calls next, a proxy forwards
 * it, a forward-auth door answers 204.
 */
export function isPreflight(request: CheckRequest): boolean {
  return request.method === 'OPTIONS' && typeof request.preflightMethod === 'string';
}
