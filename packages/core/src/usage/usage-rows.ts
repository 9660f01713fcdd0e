import type { TokenId } from '../token/token-id.ts';
import { OTHER, type UsageOutcome } from './outcome.ts';
import type { SightedText } from './sighted-texts.ts';
import { ENTRY, ENTRY_SHIFT, REST, REST_SHIFT, ROW, ROW_SHIFT, type UsageTable } from './usage-table.ts';

/** How many requests of one kind a token made in one minute. */
export interface UsageCounter {
  /** Its beginning; unix milliseconds. */
  readonly minute: number;
  /** Null: no token was known. */
  readonly token: TokenId | null;
  readonly service: string;
  /** The scopes that were needed, separated by spaces. */
  readonly scope: string;
  readonly outcome: UsageOutcome;
  count: number;
}

/** From where and with what a token was used. */
export interface UsageSource {
  readonly token: TokenId | null;
  readonly service: string;
  readonly outcome: UsageOutcome;
  /** Empty: none was told. */
  readonly origin: string;
  readonly client: string;
  readonly address: string;
  count: number;
  /** Unix milliseconds. */
  lastAt: number;
}

/** Of one token in one minute. Both lists have the same sum. */
export interface UsageRows {
  readonly counters: readonly UsageCounter[];
  readonly sources: readonly UsageSource[];
}

const NOTHING: UsageRows = { counters: [], sources: [] };

/**
 * What a table holds, token by token. Some have no rows: they are pieces of work that only prepare others.
 * @param nameOf what a client that was not named yet is called; undefined: no more of them are named now
 */
export function* usageRows(
  table: UsageTable,
  nameOf: (userAgent: string) => string | undefined,
): Generator<UsageRows> {
  const { newest, former } = yield* entriesByToken(table);
  for (const entry of newest) if (entry !== 0) yield rowsOf(table, entry, former, nameOf);
}

/** Entries that are put in their places between two yields. */
const PLACED_AT_ONCE = 32;

/**
 * Entries by token, numbered from 1; 0 is none. A token whose record changed has several: each names the one before.
 * Found by linear probing.
 */
function* entriesByToken(
  table: UsageTable,
): Generator<UsageRows, { readonly newest: Int32Array; readonly former: Int32Array }> {
  const { entryCount } = table;
  const newest = new Int32Array(2 ** Math.ceil(Math.log2(2 * entryCount + 1)));
  const former = new Int32Array(entryCount + 1);
  for (let number = 1; number <= entryCount; number++) {
    if (number % PLACED_AT_ONCE === 0) yield NOTHING;
    let place = mix(table, number) & (newest.length - 1);
    for (;;) {
      const other = newest[place] ?? 0;
      if (other === 0) break;
      if (isSameToken(table, number, other)) {
        former[number] = other;
        break;
      }
      place = (place + 1) & (newest.length - 1);
    }
    newest[place] = number;
  }
  return { newest, former };
}

function mix({ entries }: UsageTable, entry: number): number {
  const at = (entry << ENTRY_SHIFT) + ENTRY.id;
  const mixed =
    (entries[at] ?? 0) ^
    Math.imul(entries[at + 1] ?? 0, 3) ^
    Math.imul(entries[at + 2] ?? 0, 5) ^
    Math.imul(entries[at + 3] ?? 0, 7);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 5;
}

function isSameToken({ entries }: UsageTable, one: number, other: number): boolean {
  for (let word = ENTRY.id; word <= ENTRY.isToken; word++) {
    if (entries[(one << ENTRY_SHIFT) + word] !== entries[(other << ENTRY_SHIFT) + word]) return false;
  }
  return true;
}

function rowsOf(
  table: UsageTable,
  newest: number,
  former: Int32Array,
  nameOf: (userAgent: string) => string | undefined,
): UsageRows {
  const { minute, rows, rests, entries } = table;
  const token = idOf(table, newest);
  const counters = new Map<string, UsageCounter>();
  const sources = new Map<string, UsageSource>();
  for (let entry = newest; entry !== 0; entry = former[entry] ?? 0) {
    let row = entries[(entry << ENTRY_SHIFT) + ENTRY.newest] ?? 0;
    while (row !== 0) {
      const at = row << ROW_SHIFT;
      const rest = row << REST_SHIFT;
      const count = rows[at + ROW.count] ?? 0;
      const { requires, service, outcome } = placed(table.kinds, rows[at + ROW.kind]);
      const scope = requires.join(' ');
      const counter = counters.get(`${service}\n${scope}\n${outcome}`);
      if (counter !== undefined) counter.count += count;
      else
        counters.set(`${service}\n${scope}\n${outcome}`, { minute, token, service, scope, outcome, count });

      const origin = placed(table.origins, rows[at + ROW.origin]).name ?? OTHER;
      const client = nameOfClient(placed(table.clients, rows[at + ROW.client]), nameOf);
      const address = placed(table.blocks, rests[rest + REST.block]);
      const lastAt = minute + (rows[at + ROW.lastOffset] ?? 0);
      const key = [service, outcome, origin, client, address].join('\n');
      const source = sources.get(key);
      if (source === undefined) {
        sources.set(key, { token, service, outcome, origin, client, address, count, lastAt });
      } else {
        source.count += count;
        source.lastAt = Math.max(source.lastAt, lastAt);
      }
      row = rests[rest + REST.previous] ?? 0;
    }
  }
  return { counters: [...counters.values()], sources: [...sources.values()] };
}

function idOf({ entries, readId }: UsageTable, entry: number): TokenId | null {
  const at = entry << ENTRY_SHIFT;
  return entries[at + ENTRY.isToken] === 0 ? null : readId(entries, at + ENTRY.id);
}

function placed<Item>(items: readonly Item[], place: number | undefined): Item {
  const item = items[place ?? 0];
  if (item === undefined) throw new RangeError(`a table lacks what row words name: ${place}`);
  return item;
}

function nameOfClient(client: SightedText, nameOf: (userAgent: string) => string | undefined): string {
  client.name ??= nameOf(client.text);
  return client.name ?? OTHER;
}
