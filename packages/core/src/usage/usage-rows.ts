import type { TokenId } from '../token/token-id.ts';
import type { TokenRecord } from '../token/token-record.ts';
import { OTHER, type UsageOutcome } from './outcome.ts';
import type { SightedText } from './sighted-texts.ts';
import { entriesOf, type TokenUsageEntry, type UsageSeries, type UsageTable } from './usage-table.ts';

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

/**
 * What a table holds, token by token.
 * @param nameOf what a client that was not named yet is called; undefined: no more of them are named now
 */
export function* usageRows<Token extends TokenRecord>(
  table: UsageTable<Token>,
  nameOf: (userAgent: string) => string | undefined,
): Generator<UsageRows> {
  for (const entry of entriesOf(table)) {
    if (entry.series !== undefined) yield rowsOf(table.minute, entry, nameOf);
  }
}

function rowsOf<Token extends TokenRecord>(
  minute: number,
  entry: TokenUsageEntry<Token>,
  nameOf: (userAgent: string) => string | undefined,
): UsageRows {
  const token = entry.token?.id ?? null;
  const counters = new Map<string, UsageCounter>();
  const sources = new Map<string, UsageSource>();
  for (let series: UsageSeries | undefined = entry.series; series !== undefined; series = series.next) {
    const { service, outcome, address, count, lastOffset } = series;
    const scope = series.requires.join(' ');
    const counter = counters.get(`${service}\n${scope}\n${outcome}`);
    if (counter !== undefined) counter.count += count;
    else counters.set(`${service}\n${scope}\n${outcome}`, { minute, token, service, scope, outcome, count });

    const origin = series.origin.name ?? OTHER;
    const client = nameOfClient(series.client, nameOf);
    const lastAt = minute + lastOffset;
    const key = [service, outcome, origin, client, address].join('\n');
    const source = sources.get(key);
    if (source === undefined) {
      sources.set(key, { token, service, outcome, origin, client, address, count, lastAt });
      continue;
    }
    source.count += count;
    source.lastAt = Math.max(source.lastAt, lastAt);
  }
  return { counters: [...counters.values()], sources: [...sources.values()] };
}

function nameOfClient(client: SightedText, nameOf: (userAgent: string) => string | undefined): string {
  client.name ??= nameOf(client.text);
  return client.name ?? OTHER;
}
