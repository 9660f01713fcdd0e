import type {
  AccountState,
  CompiledRestrictions,
  Scope,
  TokenId,
  TokenRecord,
  TokenUsage,
} from '@latchkey/core';
import { FIELD } from './record-store.ts';
import { formatId, NEVER, WORD } from './words.ts';

/**
 * A record as one decision sees it: a copy, so that what happens to its slot afterwards does not change a decision that was
 * made. A class, because its id and revision are read only where somebody asks, and a getter of an object literal costs more
 * than the look-up.
 */
export class PackedRecord implements TokenRecord {
  readonly account: AccountState;
  readonly usage: TokenUsage;
  readonly revoked: boolean;
  readonly bad: string | undefined;
  readonly scopes: readonly Scope[];
  readonly restrictions: CompiledRestrictions;
  readonly expires: number;
  // Signed, because such numbers are not put on the heap.
  private readonly revisionHigh: number;
  private readonly revisionLow: number;
  private readonly id0: number;
  private readonly id1: number;
  private readonly id2: number;
  private readonly id3: number;

  /** @param base where the record stands in `words` */
  constructor(
    words: Uint32Array,
    base: number,
    usage: TokenUsage,
    isRevoked: boolean,
    bad: string | undefined,
    account: AccountState,
    scopes: readonly Scope[],
    restrictions: CompiledRestrictions,
  ) {
    this.account = account;
    this.usage = usage;
    this.revoked = isRevoked;
    this.bad = bad;
    this.scopes = scopes;
    this.restrictions = restrictions;
    this.expires = readExpires(words, base);
    this.revisionHigh = (words[base + FIELD.revision] ?? 0) | 0;
    this.revisionLow = (words[base + FIELD.revision + 1] ?? 0) | 0;
    this.id0 = (words[base + FIELD.id] ?? 0) | 0;
    this.id1 = (words[base + FIELD.id + 1] ?? 0) | 0;
    this.id2 = (words[base + FIELD.id + 2] ?? 0) | 0;
    this.id3 = (words[base + FIELD.id + 3] ?? 0) | 0;
  }

  get id(): TokenId {
    return formatId([this.id0, this.id1, this.id2, this.id3], 0);
  }

  get revision(): number {
    return (this.revisionHigh >>> 0) * WORD + (this.revisionLow >>> 0);
  }
}

/** Unix milliseconds; `Infinity` where the token does not expire. */
export function readExpires(words: Uint32Array, base: number): number {
  const high = words[base + FIELD.expires] ?? 0;
  return high === NEVER ? Number.POSITIVE_INFINITY : high * WORD + (words[base + FIELD.expires + 1] ?? 0);
}
