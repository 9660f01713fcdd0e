import type { AnswerPolicy } from './answer-policy.ts';
import type { CacheKey, Variant } from './cache-key.ts';
import { isVariant } from './cache-key.ts';

/** A whole answer to a GET request. */
export interface StoredAnswer {
  readonly key: CacheKey;
  readonly variant: Variant;
  readonly status: number;
  readonly statusText: string;
  /** Names and values by turns, as the API spelled them, without `Age`. */
  readonly headers: readonly string[];
  readonly body: Uint8Array;
  readonly policy: AnswerPolicy;
}

export type Found =
  | { readonly answer: StoredAnswer }
  /** Nothing of this resource is stored; or something is, but not for such a request. */
  | { readonly answer: undefined; readonly miss: 'uri-miss' | 'vary-miss' };

/** Answers in memory, bounded by bytes; what was not asked for longest goes first. */
export interface AnswerStore {
  find(key: CacheKey, requestHeaders: readonly string[]): Found;
  /** Takes the place of one with the same key and variant. One that is larger than the limit is not taken. */
  put(answer: StoredAnswer): void;
  remove(answer: StoredAnswer): void;
  removeResource(resource: string): void;
  /** Takes bytes that are not stored yet into account, so that what is on its way is bounded too. @returns false: there is no room */
  reserve(bytes: number): boolean;
  release(bytes: number): void;
  readonly answers: number;
  /** Of stored answers, keys and headers included, and of what is reserved. */
  readonly bytes: number;
  readonly evicted: number;
}

/** So that nobody fills the memory, or makes look-ups slow, with variants of one resource. */
const VARIANT_LIMIT = 64;
/** What an answer costs beside its text and body; estimated from above. */
const OVERHEAD_BYTES = 1024;

/** @param limitBytes of all answers together */
export function createAnswerStore(limitBytes: number): AnswerStore {
  const resources = new Map<string, StoredAnswer[]>();
  /** In the order of use, the oldest first. */
  const sizes = new Map<StoredAnswer, number>();
  let bytes = 0;
  let reserved = 0;
  let evicted = 0;

  function remove(answer: StoredAnswer): void {
    const size = sizes.get(answer);
    if (size === undefined) return;
    sizes.delete(answer);
    bytes -= size;
    const { resource } = answer.key;
    const left = (resources.get(resource) ?? []).filter((other) => other !== answer);
    if (left.length === 0) resources.delete(resource);
    else resources.set(resource, left);
  }

  function evict(answer: StoredAnswer): void {
    evicted += 1;
    remove(answer);
  }

  function makeRoom(): void {
    for (const oldest of sizes.keys()) {
      if (bytes + reserved <= limitBytes) return;
      evict(oldest);
    }
  }

  return {
    find({ resource, context }, requestHeaders) {
      const stored = resources.get(resource);
      if (stored === undefined) return { answer: undefined, miss: 'uri-miss' };
      const answer = stored.find(
        ({ key, variant }) => key.context === context && isVariant(variant, requestHeaders),
      );
      if (answer === undefined) return { answer: undefined, miss: 'vary-miss' };
      const size = sizes.get(answer);
      if (size !== undefined) {
        sizes.delete(answer);
        sizes.set(answer, size);
      }
      return { answer };
    },
    put(answer) {
      const { resource } = answer.key;
      for (const other of resources.get(resource) ?? []) if (isSame(other, answer)) remove(other);
      const size = sizeOf(answer);
      if (size > limitBytes) return;
      const [oldest] = resources.get(resource) ?? [];
      if (oldest !== undefined && (resources.get(resource)?.length ?? 0) >= VARIANT_LIMIT) evict(oldest);
      // The newest last: it is found last, and goes last.
      resources.set(resource, [...(resources.get(resource) ?? []), answer]);
      sizes.set(answer, size);
      bytes += size;
      makeRoom();
    },
    remove,
    removeResource(resource) {
      for (const answer of resources.get(resource) ?? []) remove(answer);
    },
    reserve(more) {
      if (reserved + more > limitBytes) return false;
      reserved += more;
      makeRoom();
      return true;
    },
    release(fewer) {
      reserved -= fewer;
    },
    get answers() {
      return sizes.size;
    },
    get bytes() {
      return bytes + reserved;
    },
    get evicted() {
      return evicted;
    },
  };
}

function isSame(one: StoredAnswer, other: StoredAnswer): boolean {
  return (
    one.key.context === other.key.context && JSON.stringify(one.variant) === JSON.stringify(other.variant)
  );
}

/** Text counts as two bytes a character. */
function sizeOf({ key, variant, headers, body }: StoredAnswer): number {
  const texts = [key.resource, key.context, ...headers, ...variant.flat()];
  const characters = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  return body.byteLength + 2 * characters + OVERHEAD_BYTES;
}
