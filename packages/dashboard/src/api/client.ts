import { type Client, createClient } from '@latchkey/wire/client';

const clients = new Map<string, Client>();

/**
 * Latchkey's own API as this browser's session may call it, for one account. Left out: calls that are about the person.
 * Every method rejects with `LatchkeyApiError` or `LatchkeyUnreachableError`.
 */
export function clientFor(account?: string): Client {
  const key = account ?? '';
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = createClient({ url: window.location.origin, session: true, account });
  clients.set(key, client);
  return client;
}
