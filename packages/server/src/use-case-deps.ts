import { hash, randomBytes } from 'node:crypto';
import type { Config } from './config/config.ts';
import type { Store } from './store/store.ts';
import type { Deps } from './tokens/deps.ts';

/** What every use case is handed: the store, a clock, this machine's randomness, and the operator's settings. */
export function useCaseDeps(
  store: Store,
  { catalogue, appSchemes }: Pick<Config, 'catalogue' | 'appSchemes'>,
  now: () => number,
): Deps {
  return {
    store,
    now,
    randomBytes: (count) => randomBytes(count),
    hash: (text) => hash('sha256', text, 'base64url'),
    catalogue,
    appSchemes,
  };
}
