import type {
  AccountState,
  CompiledRestrictions,
  Scope,
  TokenId,
  TokenRecord,
  TokenUsage,
} from '@latchkey/core';
import { FIELD, FLAG } from './record-store.ts';
import { formatId, NEVER, WORD } from './words.ts';

const USAGES: readonly TokenUsage[] = ['pk', 'sk', 'tk'];

/**
 * A record as one decision sees it: a copy, so that what happens to its slot afterwards does not change a decision that was
 * made. A class, because most of it is read only where somebody asks, and a getter of an object literal costs more than the
 * look-up.
 */
export class PackedRecord implements TokenRecord {
  readonly account: AccountState;
  readonly bad: string | undefined;
  readonly scopes: readonly Scope[];
  readonly restrictions: CompiledRestrictions;
  /** Where it stood. */
  readonly slot: number;
  /** Of its slot, signed: another from then on that something else stands there. */
  readonly generation: number;
  // Signed words, because such numbers are not put on the heap.
  private readonly flags: number;
  private readonly expiresHigh: number;
  private readonly expiresLow: number;
  private readonly revisionHigh: number;
  private readonly revisionLow: number;
  private readonly id0: number;
  private readonly id1: number;
  private readonly id2: number;
  private readonly id3: number;

  /** @param base where the record stands in `words` */
  constructor(
    slot: number,
    words: Uint32Array,
    base: number,
    bad: string | undefined,
    account: AccountState,
    scopes: readonly Scope[],
    restrictions: CompiledRestrictions,
  ) {
    this.slot = slot;
    this.generation = wordAt(words, base + FIELD.generation);
    this.account = account;
    this.bad = bad;
    this.scopes = scopes;
    this.restrictions = restrictions;
    this.flags = wordAt(words, base + FIELD.flags);
    this.expiresHigh = wordAt(words, base + FIELD.expires);
    this.expiresLow = wordAt(words, base + FIELD.expires + 1);
    this.revisionHigh = wordAt(words, base + FIELD.revision);
    this.revisionLow = wordAt(words, base + FIELD.revision + 1);
    this.id0 = wordAt(words, base + FIELD.id);
    this.id1 = wordAt(words, base + FIELD.id + 1);
    this.id2 = wordAt(words, base + FIELD.id + 2);
    this.id3 = wordAt(words, base + FIELD.id + 3);
  }

  get usage(): TokenUsage {
    return usageOf(this.flags);
  }

  get revoked(): boolean {
    return (this.flags & FLAG.revoked) !== 0;
  }

  get expires(): number {
    return timeOf(this.expiresHigh >>> 0, this.expiresLow >>> 0);
  }

  get id(): TokenId {
    return formatId(this.id0, this.id1, this.id2, this.id3);
  }

  get revision(): number {
    return (this.revisionHigh >>> 0) * WORD + (this.revisionLow >>> 0);
  }

  /** Writes the four words of the id from `at` on. */
  writeId(into: Int32Array, at: number): void {
    into[at] = this.id0;
    into[at + 1] = this.id1;
    into[at + 2] = this.id2;
    into[at + 3] = this.id3;
  }
}

function wordAt(words: Uint32Array, at: number): number {
  return (words[at] ?? 0) | 0;
}

/** The usage as {@link FLAG} has it. */
export function flagOf(usage: TokenUsage): number {
  return USAGES.indexOf(usage);
}

function usageOf(flags: number): TokenUsage {
  return USAGES[flags & FLAG.usage] ?? 'sk';
}

/** Unix milliseconds; `Infinity` where the token does not expire. */
export function readExpires(words: Uint32Array, base: number): number {
  return timeOf(words[base + FIELD.expires] ?? 0, words[base + FIELD.expires + 1] ?? 0);
}

function timeOf(high: number, low: number): number {
  return high === NEVER ? Number.POSITIVE_INFINITY : high * WORD + low;
}
