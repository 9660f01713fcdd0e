import { requestBytes } from './keep-alive-load.ts';

/** An update of one of acme's tokens that verifiers have to hear of. */
export function updateRequest(token: string, ids: readonly string[], count: number): Buffer {
  const scopes = count % (2 * ids.length) < ids.length ? ['styles:read'] : ['styles:read', 'fonts:read'];
  return requestBytes('PATCH', `/tokens/v2/acme/${ids[count % ids.length]}`, token, { scopes });
}
