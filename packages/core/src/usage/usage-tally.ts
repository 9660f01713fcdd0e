import type { CheckRequest, Sighting } from '../decision/check-request.ts';
import type { Decision, Policy } from '../decision/decision.ts';
import { isPreflight } from '../decision/is-preflight.ts';
import type { Scope } from '../scope/scope.ts';
import type { TokenRecord } from '../token/token-record.ts';
import { addressBlock } from './address-block.ts';
import { createExposures, type UsageExposure } from './exposures.ts';
import { originName } from './origin-name.ts';
import { OTHER, outcomeOf, UNNAMED_SERVICE, type UsageOutcome } from './outcome.ts';
import { createSightedTexts, type SightedText } from './sighted-texts.ts';
import {
  createUsageTable,
  entryOf,
  type TokenIdentity,
  type TokenUsageEntry,
  type UsageSeries,
  type UsageTable,
} from './usage-table.ts';

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
  take(): readonly UsageTable<Token>[];
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
/** So many users of one token are told apart in a minute; the others are put together. */
export const USERS_OF_TOKEN_LIMIT = 32;
/** From so many series on, minutes that nobody takes are not told apart any more, and new users of tokens neither. */
const SERIES_LIMIT = 200_000;
/** So many minutes that nobody takes are told apart. */
const TABLES_LIMIT = 120;
const UNNAMED_LIMIT = 512;
/** Names of clients that are known again by their name; the others are told apart by their text, and joined when they are told. */
const NAMES_LIMIT = 1000;
/** Longer ones are cut: the names stand in front. */
const USER_AGENT_LIMIT = 512;

/** Series of a token that are compared with a request before its texts are looked up. */
const LIKE_LIMIT = 4;
const NOT_LIKE = {
  like: false,
  broughtAgent: undefined,
  broughtOrigin: undefined,
  broughtAddress: undefined,
};
const NONE: SightedText = { text: '', name: '' };
const MANY: SightedText = { text: OTHER, name: OTHER };

export function createUsageTally<Token extends TokenRecord>(
  identity: TokenIdentity<Token>,
): UsageTally<Token> {
  const origins = createSightedTexts((text) => ({ text, name: originName(text) }));
  const names = new Map<string, SightedText>();
  let unnamed: SightedText[] = [];
  const clients = createSightedTexts((text) => {
    const sighted = { text, name: undefined };
    if (unnamed.length < UNNAMED_LIMIT) unnamed.push(sighted);
    return sighted;
  });
  const exposures = createExposures();
  let sealed: UsageTable<Token>[] = [];
  let sealedSeries = 0;
  let table: UsageTable<Token> | undefined;
  let from = 0;
  let end = 0;
  let withAddresses = false;

  /** Begins another minute, where there is room for one more that nobody has taken. */
  function turn(now: number): UsageTable<Token> {
    if (table !== undefined) {
      if (sealed.length >= TABLES_LIMIT || sealedSeries + table.seriesCount > SERIES_LIMIT) {
        end = now + MINUTE_MS;
        return table;
      }
      sealed.push(table);
      sealedSeries += table.seriesCount;
    }
    from = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    end = from + MINUTE_MS;
    table = createUsageTable(from);
    return table;
  }

  function originOf(shown: Sighting): SightedText {
    if (shown === undefined) return NONE;
    return typeof shown === 'string' ? origins.see(shown) : MANY;
  }

  function agentOf(userAgent: Sighting): SightedText {
    if (userAgent === undefined || userAgent === '') return NONE;
    if (typeof userAgent !== 'string') return MANY;
    return clients.see(
      userAgent.length > USER_AGENT_LIMIT ? userAgent.slice(0, USER_AGENT_LIMIT) : userAgent,
    );
  }

  /** Thousands of texts share a name; once it is known they are one client. */
  function clientOf(agent: SightedText): SightedText {
    return agent.name === undefined ? agent : (names.get(agent.name) ?? agent);
  }

  /** The series of a request that is not like one of the newest. */
  function seriesOf(
    into: UsageTable<Token>,
    entry: TokenUsageEntry<Token>,
    request: CheckRequest,
    requires: readonly Scope[],
    service: string,
    outcome: UsageOutcome,
    shown: Sighting,
  ): UsageSeries {
    const origin = originOf(shown);
    const agent = agentOf(request.userAgent);
    const client = clientOf(agent);
    const address = withAddresses ? addressBlock(request.address) : '';
    const known = find(entry, requires, service, outcome, origin, client, address);
    if (known !== undefined) return known;
    if (entry.details < USERS_OF_TOKEN_LIMIT && into.seriesCount < SERIES_LIMIT) {
      entry.details += 1;
      return open(into, entry, {
        // What was cut is not what was brought.
        like: agent.text === (request.userAgent ?? '') && origin.text === (shown ?? ''),
        // The texts that are known already, because they are in the caches and those of this request are not.
        broughtAgent: request.userAgent && agent.text,
        broughtOrigin: shown && origin.text,
        broughtAddress: withAddresses ? request.address : undefined,
        requires,
        service,
        outcome,
        origin,
        client,
        address,
      });
    }
    const others = { requires, service, outcome, origin: MANY, client: MANY, address: '', ...NOT_LIKE };
    return find(entry, requires, service, outcome, MANY, MANY, '') ?? open(into, entry, others);
  }

  return {
    add(decision, request, policy, now) {
      if (request.method === 'OPTIONS' && isPreflight(request)) return;
      const { token } = decision;
      if (policy.countedAs !== undefined && token?.id === policy.countedAs) return;
      const into = table !== undefined && now >= from && now < end ? table : turn(now);
      const entry = token === undefined ? into.strangers : entryOf(into, token, identity);
      const outcome = outcomeOf(decision);
      const { requires, service = UNNAMED_SERVICE } = policy;
      const shown = request.origin ?? request.referer;
      const block = withAddresses ? request.address : undefined;
      const series =
        findLike(entry, requires, service, outcome, shown, request.userAgent, block) ??
        seriesOf(into, entry, request, requires, service, outcome, shown);
      series.count += 1;
      series.lastOffset = (now - from) | 0;
      if (decision.allow && decision.exposedInUrl) exposures.note(decision.token.id, series, now);
    },
    take() {
      const taken = table === undefined ? sealed : [...sealed, table];
      sealed = [];
      sealedSeries = 0;
      table = undefined;
      from = 0;
      end = 0;
      return taken;
    },
    takeExposures: exposures.take,
    countAddresses(yes) {
      withAddresses = yes;
    },
    nameClients(nameOf, limit) {
      const now = unnamed.slice(0, limit);
      unnamed = unnamed.slice(limit);
      for (const sighted of now) {
        const name = nameOf(sighted.text);
        sighted.name = name;
        if (!names.has(name) && names.size < NAMES_LIMIT) names.set(name, { text: name, name });
      }
    },
  };
}

/** A request like one of the newest series of a token: nearly every one. */
function findLike<Token extends TokenRecord>(
  entry: TokenUsageEntry<Token>,
  requires: readonly Scope[],
  service: string,
  outcome: UsageOutcome,
  shown: Sighting,
  userAgent: Sighting,
  address: string | undefined,
): UsageSeries | undefined {
  let { series } = entry;
  for (let looked = 0; series !== undefined && looked < LIKE_LIMIT; looked++, series = series.next) {
    if (
      series.like &&
      series.requires === requires &&
      series.outcome === outcome &&
      series.broughtAgent === userAgent &&
      series.broughtOrigin === shown &&
      series.broughtAddress === address &&
      series.service === service
    ) {
      return series;
    }
  }
  return undefined;
}

function find<Token extends TokenRecord>(
  entry: TokenUsageEntry<Token>,
  requires: readonly Scope[],
  service: string,
  outcome: UsageOutcome,
  origin: SightedText,
  client: SightedText,
  address: string,
): UsageSeries | undefined {
  for (let series = entry.series; series !== undefined; series = series.next) {
    if (
      series.client === client &&
      series.origin === origin &&
      series.outcome === outcome &&
      series.service === service &&
      (series.requires === requires || isSameList(series.requires, requires)) &&
      series.address === address
    ) {
      return series;
    }
  }
  return undefined;
}

function open<Token extends TokenRecord>(
  into: UsageTable<Token>,
  entry: TokenUsageEntry<Token>,
  about: Omit<UsageSeries, 'count' | 'lastOffset' | 'next'>,
): UsageSeries {
  // Written out, so that every series has one shape in memory, and what is looked at for each request stands together.
  const made: UsageSeries = {
    like: about.like,
    requires: about.requires,
    outcome: about.outcome,
    broughtAgent: about.broughtAgent,
    broughtOrigin: about.broughtOrigin,
    broughtAddress: about.broughtAddress,
    service: about.service,
    count: 0,
    lastOffset: 0,
    next: entry.series,
    origin: about.origin,
    client: about.client,
    address: about.address,
  };
  entry.series = made;
  into.seriesCount += 1;
  return made;
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}
