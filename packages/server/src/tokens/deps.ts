import type { Catalogue } from '@latchkey/core';
import type { Store } from '../store/store.ts';

/** What use cases are handed in; each one asks for the part that it uses. */
export interface Deps {
  readonly store: Store;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** From a cryptographically strong source. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** SHA-256 of the UTF-8 text, base64url without padding. */
  readonly hash: (text: string) => string;
  readonly catalogue: Catalogue;
  /** Schemes of native shells that URL restrictions may name, such as `capacitor`. */
  readonly appSchemes: readonly string[];
}
