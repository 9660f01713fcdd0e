import type { Store } from '../store.ts';
import type { OpenEmptyStore } from './open-store.ts';

/** A test on an empty store of its own. */
export function withStore(open: OpenEmptyStore, test: (store: Store) => Promise<void>): () => Promise<void> {
  return async () => {
    const { store, dispose } = await open();
    try {
      await test(store);
    } finally {
      await dispose();
    }
  };
}
