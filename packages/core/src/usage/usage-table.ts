import type { Scope } from '../scope/scope.ts';
import type { TokenId } from '../token/token-id.ts';
import type { UsageOutcome } from './outcome.ts';
import type { SightedText } from './sighted-texts.ts';

/** What is counted apart of each user of a token. */
export interface UsageKind {
  readonly requires: readonly Scope[];
  readonly service: string;
  readonly outcome: UsageOutcome;
}

/**
 * Where the words of a row stand: so many requests of a token were alike. Half a line of a cache: of the table, a request
 * reads nothing else where one like it was counted.
 */
export const ROW = {
  /** See `TokenIdentity`. */
  life: 0,
  /** Places in the table's lists. */
  kind: 1,
  origin: 2,
  client: 3,
  /** The text that the client was known by the last time. */
  agent: 4,
  count: 5,
  /** Milliseconds after the beginning of the table's minute. */
  lastOffset: 6,
  /** Another row of the same token; 0: none. */
  next: 7,
} as const;
/** The logarithm of a row's words. */
export const ROW_SHIFT = 3;

/** Where the words of the rest of a row stand, apart from the others. */
export const REST = {
  /** From 1. */
  entry: 0,
  /** The row of the same entry that was opened before; 0: none. */
  previous: 1,
  /** A place in the table's list. */
  block: 2,
  /** Where the text of the address was found the last time; another may stand there by now. */
  address: 3,
} as const;
export const REST_SHIFT = 2;

/** Where the words of an entry stand: a token as long as its record does not change, or all requests in which no token was known. */
export const ENTRY = {
  /** Four words. */
  id: 0,
  /** 1: `id` is that of a token. */
  isToken: 4,
  /** The row that was opened last. */
  newest: 5,
  /** Rows that tell origin, client and address apart. */
  details: 6,
} as const;
export const ENTRY_SHIFT = 3;

/** What was counted of one minute, in words and in lists of what they name. Everything is numbered from 1. */
export interface UsageTable {
  /** Its beginning; unix milliseconds. */
  readonly minute: number;
  // Replaced by larger ones when they are full.
  rows: Int32Array;
  rests: Int32Array;
  entries: Int32Array;
  rowCount: number;
  entryCount: number;
  readonly kinds: UsageKind[];
  /** Texts as requests brought them. */
  readonly agents: string[];
  /** The same for origins: beside each of {@link origins}. */
  readonly originTexts: string[];
  readonly origins: SightedText[];
  readonly clients: SightedText[];
  /** See `addressBlock`. */
  readonly blocks: string[];
  readonly readId: (words: Int32Array, at: number) => TokenId;
}

/** What each table has first among its origins, clients, agents and blocks: none, and too many. */
export const NONE = 1;
export const MANY = 2;

/** What stands where numbers begin: nothing has the number 0. */
const NO_KIND: UsageKind = { requires: [], service: '', outcome: 'allowed' };
const NOTHING: SightedText = { text: '', name: '', number: 0, agent: 0 };

/**
 * @param origins what {@link NONE} and {@link MANY} are among the origins
 * @param clients what they are among the clients
 * @param room rows that are likely to come
 */
export function createUsageTable(
  minute: number,
  origins: readonly SightedText[],
  clients: readonly SightedText[],
  room: number,
  readId: UsageTable['readId'],
): UsageTable {
  return {
    minute,
    rows: new Int32Array((room + 1) << ROW_SHIFT),
    rests: new Int32Array((room + 1) << REST_SHIFT),
    entries: new Int32Array((room + 1) << ENTRY_SHIFT),
    rowCount: 0,
    entryCount: 0,
    kinds: [NO_KIND],
    agents: ['', ...clients.map(({ text }) => text)],
    originTexts: ['', ...origins.map(({ text }) => text)],
    origins: [NOTHING, ...origins],
    clients: [NOTHING, ...clients],
    blocks: ['', ''],
    readId,
  };
}

/** Opens an entry, and answers its number. The id of a token is to be put. */
export function openEntry(table: UsageTable, isToken: boolean): number {
  const entry = ++table.entryCount;
  table.entries = withRoom(table.entries, entry << ENTRY_SHIFT);
  table.entries[(entry << ENTRY_SHIFT) + ENTRY.isToken] = Number(isToken);
  return entry;
}

/** Opens a row that counts nothing yet, and answers its number. Origin, client, agent, block and address are to be put. */
export function openRow(table: UsageTable, entry: number, life: number, kind: number, next: number): number {
  const row = ++table.rowCount;
  table.rows = withRoom(table.rows, row << ROW_SHIFT);
  table.rests = withRoom(table.rests, row << REST_SHIFT);
  const { rows, rests, entries } = table;
  rows[(row << ROW_SHIFT) + ROW.life] = life;
  rows[(row << ROW_SHIFT) + ROW.kind] = kind;
  rows[(row << ROW_SHIFT) + ROW.next] = next;
  const newest = (entry << ENTRY_SHIFT) + ENTRY.newest;
  rests[(row << REST_SHIFT) + REST.entry] = entry;
  rests[(row << REST_SHIFT) + REST.previous] = entries[newest] ?? 0;
  entries[newest] = row;
  return row;
}

/** The same words, with room for some more at `at`; words that nobody wrote are 0. */
export function withRoom(words: Int32Array, at: number): Int32Array {
  if (at < words.length) return words;
  const larger = new Int32Array(2 ** (32 - Math.clz32(at)));
  larger.set(words);
  return larger;
}

/** The place of a kind among the table's, put there where it is new. An API has few. */
export function kindOf(
  { kinds }: UsageTable,
  requires: readonly Scope[],
  service: string,
  outcome: UsageOutcome,
): number {
  for (let at = 1; at < kinds.length; at++) {
    const kind = kinds[at];
    if (
      kind !== undefined &&
      kind.outcome === outcome &&
      kind.service === service &&
      (kind.requires === requires || isSameList(kind.requires, requires))
    ) {
      return at;
    }
  }
  return kinds.push({ requires, service, outcome }) - 1;
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}
