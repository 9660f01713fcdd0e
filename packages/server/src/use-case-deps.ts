import { hash, randomBytes } from 'node:crypto';
import type { Config } from './config/config.ts';
import type { Store } from './store/store.ts';
import type { Deps } from './tokens/deps.ts';

/** What every use case is handed: the store, this machine's clock and randomness, and the operator's settings. */
export function useCaseDeps(
  store: Store,
  { catalogue, appSchemes }: Pick<Config, 'catalogue' | 'appSchemes'>,
): Deps {
  return {
    store,
    now: () => Date.now(),
    randomBytes: (count) => randomBytes(count),
    hash: (text) => hash('sha256', text, 'base64url'),
    catalogue,
    appSchemes,
  };
}
