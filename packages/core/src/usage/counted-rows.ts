import type { CheckRequest, Sighting } from '../decision/check-request.ts';
import type { Scope } from '../scope/scope.ts';
import type { TokenRecord } from '../token/token-record.ts';
import { OTHER, type UsageOutcome } from './outcome.ts';
import { createRequestUsers } from './request-users.ts';
import type { SightedText } from './sighted-texts.ts';
import type { TokenIdentity } from './token-identity.ts';
import {
  createUsageTable,
  ENTRY,
  ENTRY_SHIFT,
  kindOf,
  MANY,
  NONE,
  openEntry,
  openRow,
  REST,
  REST_SHIFT,
  ROW,
  ROW_SHIFT,
  type UsageTable,
  withRoom,
} from './usage-table.ts';

/** The rows of the table that counts, as they are found and opened for requests that are not like one of the newest. */
export interface CountedRows<Token extends TokenRecord> {
  /**
   * By slot, from 1; 0 is of strangers: {@link base} and the row that a token's others follow. Not above `base`: there is
   * none in this table. Replaced by longer ones.
   */
  readonly refs: Int32Array;
  /** Numbers of rows and texts of the table are above, those of tables before are not: so nothing has to be cleared. */
  readonly base: number;
  /** Whether rows differ by their addresses. */
  readonly isByAddress: boolean;
  /** Begins to count in another table. */
  begin(minute: number): UsageTable;
  end(): void;
  /** The row of a request; `head` is the first of its token, 0: it has none. */
  rowOf(unlike: UnlikeRequest<Token>): number;
  /** Whether the row is one of requests from this address. */
  isFrom(row: number, address: string | undefined): boolean;
  countAddresses(yes: boolean): void;
  nameClients(nameOf: (userAgent: string) => string, limit: number): void;
}

export interface UnlikeRequest<Token extends TokenRecord> {
  /** Of the token, in {@link CountedRows.refs}. */
  readonly place: number;
  readonly head: number;
  readonly token: Token | undefined;
  readonly life: number;
  readonly requires: readonly Scope[];
  readonly service: string;
  readonly outcome: UsageOutcome;
  readonly shown: Sighting;
  readonly request: CheckRequest;
}

/** What words can hold; lower in tests. */
export interface TallyLimits {
  /** Rows and texts that are numbered before numbers begin again. */
  readonly numbers: number;
  /** Requests of one row. */
  readonly count: number;
  /** Milliseconds of a minute that nobody takes. */
  readonly offset: number;
}

/** So many users of one token are told apart in a minute; the others are put together. */
export const USERS_OF_TOKEN_LIMIT = 32;
/** From so many rows on, minutes that nobody takes are not told apart any more, and new users of tokens neither. */
export const ROWS_LIMIT = 200_000;
/** Rows of a token that are compared with a request before its texts are looked up. */
export const LIKE_LIMIT = 8;
/** Room of a table at first. */
const FEWEST_ROWS = 31;

export function createCountedRows<Token extends TokenRecord>(
  { writeId, readId }: TokenIdentity<Token>,
  limits: TallyLimits,
): CountedRows<Token> {
  let users = createRequestUsers();
  let table = tableFrom(0, FEWEST_ROWS);
  let blocks = new Map<string, number>();
  let refs: Int32Array = new Int32Array(1);
  let base = 0;
  let isByAddress = false;
  let withAddresses = false;

  function tableFrom(minute: number, room: number): UsageTable {
    return createUsageTable(minute, users.fixedOrigins, users.fixedClients, room, readId);
  }

  /** The row of these numbers, or 0; it moves to the front where it stands far behind. */
  function find(
    { place, head }: UnlikeRequest<Token>,
    kind: number,
    origin: number,
    client: number,
    block: number,
  ): number {
    const { rows } = table;
    let before = 0;
    for (let row = head, looked = 0; row !== 0; looked++) {
      const at = row << ROW_SHIFT;
      const next = rows[at + ROW.next] ?? 0;
      if (
        rows[at + ROW.client] === client &&
        rows[at + ROW.origin] === origin &&
        rows[at + ROW.kind] === kind &&
        (rows[at + ROW.count] ?? 0) < limits.count &&
        (!isByAddress || blockOf(row) === block)
      ) {
        if (looked >= LIKE_LIMIT) {
          rows[(before << ROW_SHIFT) + ROW.next] = next;
          rows[at + ROW.next] = head;
          refs[place] = base + row;
        }
        return row;
      }
      before = row;
      row = next;
    }
    return 0;
  }

  function blockOf(row: number): number {
    return table.rests[(row << REST_SHIFT) + REST.block] ?? 0;
  }

  /** The number of the block that an address lies in; 0: it has none yet. */
  function blockOfAddress(seen: SightedText | undefined): number {
    if (seen === undefined) return NONE;
    if (seen.number <= base) {
      const known = blocks.get(seen.name ?? OTHER);
      if (known === undefined) return 0;
      seen.number = base + known;
    }
    return seen.number - base;
  }

  function openBlock(seen: SightedText): number {
    const block = table.blocks.push(seen.name ?? OTHER) - 1;
    blocks.set(seen.name ?? OTHER, block);
    seen.number = base + block;
    return block;
  }

  function numberOfOrigin(origin: SightedText): number {
    if (origin.number <= base) {
      table.originTexts.push(origin.text);
      origin.number = base + table.origins.push(origin) - 1;
    }
    return origin.number - base;
  }

  function numberOfClient(client: SightedText): number {
    if (client.number <= base) client.number = base + table.clients.push(client) - 1;
    return client.number - base;
  }

  function numberOfAgent(agent: SightedText): number {
    if (agent.agent <= base) agent.agent = base + table.agents.push(agent.text) - 1;
    return agent.agent - base;
  }

  function entryOf({ head, token }: UnlikeRequest<Token>): number {
    if (head !== 0) return table.rests[(head << REST_SHIFT) + REST.entry] ?? 0;
    const entry = openEntry(table, token !== undefined);
    if (token !== undefined) writeId(token, table.entries, (entry << ENTRY_SHIFT) + ENTRY.id);
    return entry;
  }

  function open(
    { place, head, life }: UnlikeRequest<Token>,
    entry: number,
    kind: number,
    origin: number,
    client: number,
    block: number,
  ): number {
    const row = openRow(table, entry, life, kind, head);
    table.rows[(row << ROW_SHIFT) + ROW.origin] = origin;
    table.rows[(row << ROW_SHIFT) + ROW.client] = client;
    table.rows[(row << ROW_SHIFT) + ROW.agent] = MANY;
    table.rests[(row << REST_SHIFT) + REST.block] = block;
    refs = withRoom(refs, place);
    refs[place] = base + row;
    return row;
  }

  return {
    get refs() {
      return refs;
    },
    get base() {
      return base;
    },
    get isByAddress() {
      return isByAddress;
    },
    begin(minute) {
      table = tableFrom(minute, Math.max(FEWEST_ROWS, table.rowCount));
      for (const [none, many] of [users.fixedOrigins, users.fixedClients]) {
        none.number = none.agent = base + NONE;
        many.number = many.agent = base + MANY;
      }
      blocks = new Map([['', NONE]]);
      isByAddress = withAddresses;
      return table;
    },
    end() {
      const { rowCount, agents, origins, clients, blocks: told } = table;
      base += Math.max(rowCount, agents.length, origins.length, clients.length, told.length);
      if (base <= limits.numbers) return;
      users = createRequestUsers();
      refs.fill(0);
      base = 0;
    },
    rowOf(unlike) {
      const { requires, service, outcome, shown, request } = unlike;
      const kind = kindOf(table, requires, service, outcome);
      const origin = users.originOf(shown);
      const agent = users.agentOf(request.userAgent);
      const client = users.clientOf(agent);
      const address = withAddresses ? request.address : undefined;
      const addressPlace = address === undefined ? 0 : users.addresses.placeOf(address);
      const seen = address === undefined ? undefined : users.addresses.places[addressPlace];
      const block = blockOfAddress(seen);

      let row = 0;
      if (client.number > base && origin.number > base && block !== 0) {
        row = find(unlike, kind, origin.number - base, client.number - base, block);
      }
      if (row === 0) {
        const entry = entryOf(unlike);
        const details = (entry << ENTRY_SHIFT) + ENTRY.details;
        if ((table.entries[details] ?? 0) >= USERS_OF_TOKEN_LIMIT || table.rowCount >= ROWS_LIMIT) {
          return find(unlike, kind, MANY, MANY, NONE) || open(unlike, entry, kind, MANY, MANY, NONE);
        }
        table.entries[details] = (table.entries[details] ?? 0) + 1;
        const inBlock = seen === undefined || block !== 0 ? block : openBlock(seen);
        row = open(unlike, entry, kind, numberOfOrigin(origin), numberOfClient(client), inBlock);
      }
      table.rows[(row << ROW_SHIFT) + ROW.agent] = numberOfAgent(agent);
      table.rests[(row << REST_SHIFT) + REST.address] = addressPlace;
      return row;
    },
    isFrom(row, address) {
      if (!withAddresses || address === undefined) return blockOf(row) === NONE;
      const seen = users.addresses.places[table.rests[(row << REST_SHIFT) + REST.address] ?? 0];
      return seen !== undefined && seen.text === address && seen.number - base === blockOf(row);
    },
    countAddresses(yes) {
      withAddresses = yes;
      if (yes) isByAddress = true;
    },
    nameClients: (nameOf, limit) => users.nameClients(nameOf, limit),
  };
}
