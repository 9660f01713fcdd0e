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
  /** Another token that has the same hash. */
  readonly next: TokenUsageEntry<Token> | undefined;
}

/** What was counted of one minute. */
export interface UsageTable<Token extends TokenRecord = TokenRecord> {
  /** Its beginning; unix milliseconds. */
  readonly minute: number;
  readonly strangers: TokenUsageEntry<Token>;
  /** By hash, in parts, so that none grows long at once. */
  readonly parts: readonly Map<number, TokenUsageEntry<Token>>[];
  seriesCount: number;
}

/** How records of tokens are told apart without reading their ids. */
export interface TokenIdentity<Token extends TokenRecord> {
  /** A whole number of 32 bits, the same for every record of a token. */
  readonly hash: (token: Token) => number;
  readonly isSame: (one: Token, other: Token) => boolean;
}

/** A power of two. */
const PARTS = 64;

export function createUsageTable<Token extends TokenRecord>(minute: number): UsageTable<Token> {
  return {
    minute,
    strangers: { token: undefined, series: undefined, details: 0, next: undefined },
    parts: Array.from({ length: PARTS }, () => new Map()),
    seriesCount: 0,
  };
}

/** The entry of a token, made where there is none. */
export function entryOf<Token extends TokenRecord>(
  table: UsageTable<Token>,
  token: Token,
  { hash, isSame }: TokenIdentity<Token>,
): TokenUsageEntry<Token> {
  const key = hash(token);
  const part = table.parts[key & (PARTS - 1)];
  if (part === undefined) throw new TypeError('a hash is a whole number of 32 bits');
  const first = part.get(key);
  for (let entry = first; entry !== undefined; entry = entry.next) {
    if (entry.token !== undefined && isSame(entry.token, token)) return entry;
  }
  const made = { token, series: undefined, details: 0, next: first };
  part.set(key, made);
  return made;
}

/** Every entry that counts something. */
export function* entriesOf<Token extends TokenRecord>(
  table: UsageTable<Token>,
): Generator<TokenUsageEntry<Token>> {
  yield table.strangers;
  for (const part of table.parts) {
    for (const first of part.values()) {
      for (let entry: typeof first | undefined = first; entry !== undefined; entry = entry.next) yield entry;
    }
  }
}
