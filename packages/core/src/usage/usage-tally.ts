import type { CheckRequest, Sighting } from '../decision/check-request.ts';
import type { Decision, Policy } from '../decision/decision.ts';
import { isPreflight } from '../decision/is-preflight.ts';
import type { Scope } from '../scope/scope.ts';
import type { TokenId } from '../token/token-id.ts';
import type { TokenRecord } from '../token/token-record.ts';
import { createCountedRows, LIKE_LIMIT, ROWS_LIMIT, type TallyLimits } from './counted-rows.ts';
import { createExposures, type UsageExposure } from './exposures.ts';
import { outcomeOf, UNNAMED_SERVICE, type UsageOutcome } from './outcome.ts';
import { UNSHOWN } from './request-users.ts';
import type { TokenIdentity } from './token-identity.ts';
import { ROW, ROW_SHIFT, type UsageKind, type UsageTable } from './usage-table.ts';

/** A policy, and what is counted of the requests that it judges. */
export interface CountedPolicy extends Policy {
  /** What the API calls the part that was asked; left out: {@link UNNAMED_SERVICE}. */
  readonly service?: string | undefined;
  /** The token for which a door in front counted this request already. */
  readonly countedAs?: string | undefined;
}

/** Counts requests in memory, minute by minute. */
export interface UsageTally<Token extends TokenRecord> {
  /**
   * Counts one decided request. Allocates nothing where one like it was counted in the same minute. Preflights, and
   * requests that were counted in front, are left out. Never throws.
   * @param now unix milliseconds
   */
  add(decision: CountedDecision<Token>, request: CheckRequest, policy: CountedPolicy, now: number): void;
  /** Takes away everything that was counted. */
  take(): readonly UsageTable[];
  /** Takes away which secrets came in URLs. */
  takeExposures(nameOf: (userAgent: string) => string): readonly UsageExposure[];
  /** Whether addresses are told apart, by /24 and /48; at first they are not. */
  countAddresses(yes: boolean): void;
  /** Works out what clients are called that were not seen before, so many at most. What is left has another chance. */
  nameClients(nameOf: (userAgent: string) => string, limit: number): void;
}

/** A decision about records of the kind that the tally knows. */
export type CountedDecision<Token extends TokenRecord> = Decision & { readonly token: Token | undefined };

const MINUTE_MS = 60_000;
/** So many minutes that nobody takes are told apart. */
const TABLES_LIMIT = 120;
const LIMITS: TallyLimits = { numbers: 2 ** 30, count: 2 ** 30, offset: 2 ** 30 };

export function createUsageTally<Token extends TokenRecord>(
  identity: TokenIdentity<Token>,
  limits: TallyLimits = LIMITS,
): UsageTally<Token> {
  const { slotOf, lifeOf } = identity;
  const counted = createCountedRows(identity, limits);
  const countLimit = limits.count;
  const exposures = createExposures();
  let sealed: UsageTable[] = [];
  let sealedRows = 0;
  let table: UsageTable | undefined;
  let from = 0;
  /** Milliseconds from {@link from} on; 0: there is no table. */
  let span = 0;
  // Of the table that counts. Here, because a request has no time to look for them.
  let refs = counted.refs;
  let base = 0;
  let isByAddress = false;
  let rows: Int32Array = new Int32Array(0);
  let kinds: readonly UsageKind[] = [];
  let agents: readonly string[] = [];
  let originTexts: readonly string[] = [];

  function look(): void {
    refs = counted.refs;
    base = counted.base;
    isByAddress = counted.isByAddress;
    if (table !== undefined) ({ rows, kinds, agents, originTexts } = table);
  }

  function end(): void {
    counted.end();
    table = undefined;
    span = 0;
  }

  /** Begins another minute, where there is room for one more that nobody has taken. */
  function turn(now: number): void {
    if (table !== undefined) {
      const isFull = sealed.length >= TABLES_LIMIT || sealedRows + table.rowCount > ROWS_LIMIT;
      if (isFull && now >= from && now - from < limits.offset) {
        span = now - from + MINUTE_MS;
        return;
      }
      sealed.push(table);
      sealedRows += table.rowCount;
      end();
    }
    from = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    span = MINUTE_MS;
    table = counted.begin(from);
    look();
  }

  /** The row of a request that is like one of the first of its token, or else the row that is found or opened for it. */
  function rowOf(
    token: Token | undefined,
    place: number,
    life: number,
    request: CheckRequest,
    requires: readonly Scope[],
    service: string,
    outcome: UsageOutcome,
    shown: Sighting,
  ): number {
    let head = place < refs.length ? (refs[place] ?? 0) - base : 0;
    if (head <= 0 || rows[(head << ROW_SHIFT) + ROW.life] !== life) head = 0;
    const userAgent = request.userAgent ?? '';
    for (let row = head, looked = 0; row !== 0 && looked < LIKE_LIMIT; looked++) {
      const at = row << ROW_SHIFT;
      const kind = kinds[rows[at + ROW.kind] ?? 0];
      if (
        kind !== undefined &&
        kind.requires === requires &&
        kind.outcome === outcome &&
        kind.service === service &&
        originTexts[rows[at + ROW.origin] ?? 0] === shown &&
        agents[rows[at + ROW.agent] ?? 0] === userAgent &&
        (rows[at + ROW.count] ?? 0) < countLimit &&
        (!isByAddress || counted.isFrom(row, request.address))
      ) {
        return row;
      }
      row = rows[at + ROW.next] ?? 0;
    }
    const row = counted.rowOf({ place, head, token, life, requires, service, outcome, shown, request });
    look();
    return row;
  }

  function noteExposure(token: TokenId, row: number, service: string, now: number): void {
    const origin = table?.origins[rows[(row << ROW_SHIFT) + ROW.origin] ?? 0];
    const client = table?.clients[rows[(row << ROW_SHIFT) + ROW.client] ?? 0];
    if (origin !== undefined && client !== undefined) exposures.note(token, { service, origin, client }, now);
  }

  return {
    add(decision, request, policy, now) {
      if (request.method === 'OPTIONS' && isPreflight(request)) return;
      const { token } = decision;
      if (policy.countedAs !== undefined && token?.id === policy.countedAs) return;
      if (!(now >= from && now - from < span)) turn(now);
      const place = token === undefined ? 0 : slotOf(token) + 1;
      const life = token === undefined ? 0 : lifeOf(token);
      const outcome = outcomeOf(decision);
      const { requires, service = UNNAMED_SERVICE } = policy;
      const shown = request.origin ?? request.referer ?? UNSHOWN;
      const row = rowOf(token, place, life, request, requires, service, outcome, shown);
      const at = row << ROW_SHIFT;
      rows[at + ROW.count] = (rows[at + ROW.count] ?? 0) + 1;
      rows[at + ROW.lastOffset] = now - from;
      if (decision.allow && decision.exposedInUrl) noteExposure(decision.token.id, row, service, now);
    },
    take() {
      const taken = table === undefined ? sealed : [...sealed, table];
      sealed = [];
      sealedRows = 0;
      if (table !== undefined) end();
      return taken;
    },
    takeExposures: exposures.take,
    countAddresses(yes) {
      counted.countAddresses(yes);
      isByAddress = counted.isByAddress;
    },
    nameClients: counted.nameClients,
  };
}
