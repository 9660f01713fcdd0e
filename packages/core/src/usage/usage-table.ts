import type { Sighting } from '../decision/check-request.ts';
import type { Scope } from '../scope/scope.ts';
import type { TokenRecord } from '../token/token-record.ts';
import type { UsageOutcome } from './outcome.ts';
import type { SightedText } from './sighted-texts.ts';

/** How many requests were alike, within one minute. */
export interface UsageSeries {
  // What the first request of it brought, so that one like it is known without looking its texts up. Undefined: not kept.
  readonly like: boolean;
  readonly broughtAgent: Sighting;
  readonly broughtOrigin: Sighting;
  readonly broughtAddress: string | undefined;
  readonly requires: readonly Scope[];
  readonly service: string;
  readonly outcome: UsageOutcome;
  readonly origin: SightedText;
  readonly client: SightedText;
  readonly address: string;
  count: number;
  /** Milliseconds after the beginning of the table's minute. A small whole number, so that writing it allocates nothing. */
  lastOffset: number;
  readonly next: UsageSeries | undefined;
}

/** Of one token; or of all requests in which no token was known. */
export interface TokenUsageEntry<Token extends TokenRecord> {
  readonly token: Token | undefined;
  series: UsageSeries | undefined;
  /** Series that tell origin, client and address apart. */
  details: number;
}

/** What was counted of one minute. */
export interface UsageTable<Token extends TokenRecord = TokenRecord> {
  /** Its beginning; unix milliseconds. */
  readonly minute: number;
  readonly strangers: TokenUsageEntry<Token>;
  /** By the words of ids, in parts, so that none grows long at once. */
  readonly parts: readonly TablePart<Token>[];
  seriesCount: number;
}

/** Found by linear probing: a request looks at two places in memory until it has the entry of its token. */
interface TablePart<Token extends TokenRecord> {
  /** Four words for each place. */
  keys: Int32Array;
  entries: (TokenUsageEntry<Token> | undefined)[];
  size: number;
}

/** How records of tokens are told apart without reading their ids as text. */
export interface TokenIdentity<Token extends TokenRecord> {
  /** Writes four words: the same for every record of a token, and for no record of another. */
  readonly wordsOf: (token: Token, into: Int32Array) => void;
}

/** A power of two, and its logarithm. */
const PARTS = 64;
const PARTS_BITS = 6;
const WORDS = 4;
/** Places of a part at first; a power of two. */
const PLACES = 16;

/** Of the token that is being looked for. */
const wanted = new Int32Array(WORDS);

export function createUsageTable<Token extends TokenRecord>(minute: number): UsageTable<Token> {
  return {
    minute,
    strangers: { token: undefined, series: undefined, details: 0 },
    parts: Array.from({ length: PARTS }, () => emptyPart(PLACES)),
    seriesCount: 0,
  };
}

function emptyPart<Token extends TokenRecord>(places: number): TablePart<Token> {
  return { keys: new Int32Array(places * WORDS), entries: new Array(places).fill(undefined), size: 0 };
}

/** The entry of a token, made where there is none. */
export function entryOf<Token extends TokenRecord>(
  table: UsageTable<Token>,
  token: Token,
  { wordsOf }: TokenIdentity<Token>,
): TokenUsageEntry<Token> {
  wordsOf(token, wanted);
  const mixed = mix(wanted);
  const part = table.parts[mixed & (PARTS - 1)];
  if (part === undefined) throw new TypeError('a table lacks one of its parts');
  const place = placeIn(part, mixed);
  const known = part.entries[place];
  if (known !== undefined) return known;
  const made = { token, series: undefined, details: 0 };
  part.keys.set(wanted, place * WORDS);
  part.entries[place] = made;
  part.size += 1;
  if (part.size * 2 > part.entries.length) grow(part);
  return made;
}

/** Where the wanted token stands, or is to stand. */
function placeIn<Token extends TokenRecord>({ keys, entries }: TablePart<Token>, mixed: number): number {
  const last = entries.length - 1;
  for (let place = (mixed >>> PARTS_BITS) & last; ; place = (place + 1) & last) {
    const at = place * WORDS;
    if (
      keys[at] === wanted[0] &&
      keys[at + 1] === wanted[1] &&
      keys[at + 2] === wanted[2] &&
      keys[at + 3] === wanted[3]
    ) {
      return place;
    }
    if (entries[place] === undefined) return place;
  }
}

function grow<Token extends TokenRecord>(part: TablePart<Token>): void {
  const { keys, entries } = part;
  const larger = emptyPart<Token>(entries.length * 2);
  entries.forEach((entry, from) => {
    if (entry === undefined) return;
    wanted.set(keys.subarray(from * WORDS, (from + 1) * WORDS));
    const place = placeIn(larger, mix(wanted));
    larger.keys.set(wanted, place * WORDS);
    larger.entries[place] = entry;
  });
  part.keys = larger.keys;
  part.entries = larger.entries;
}

function mix(words: Int32Array): number {
  const mixed =
    (words[0] ?? 0) ^ Math.imul(words[1] ?? 0, 3) ^ Math.imul(words[2] ?? 0, 5) ^ Math.imul(words[3] ?? 0, 7);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
}

/** Every entry that counts something. */
export function* entriesOf<Token extends TokenRecord>(
  table: UsageTable<Token>,
): Generator<TokenUsageEntry<Token>> {
  yield table.strangers;
  for (const { entries } of table.parts) {
    for (const entry of entries) if (entry !== undefined) yield entry;
  }
}
