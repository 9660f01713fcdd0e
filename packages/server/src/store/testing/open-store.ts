import type { Store } from '../store.ts';

export interface OpenStore {
  readonly store: Store;
  /** Closes the store and removes what it kept. */
  dispose(): Promise<void>;
}

/** Opens an empty store. Its clock tells 1, 2, 3 …, one more at each question. */
export type OpenEmptyStore = () => Promise<OpenStore>;
