import type { UsageCounter, UsageExposure, UsageSource, UsageTable } from '@latchkey/core';
import { usageRows } from '@latchkey/core';
import type { ReportedRefusal } from '@latchkey/wire/feed';
import { formatUsageBatch } from '@latchkey/wire/feed';
import { clientName } from './client-name.ts';

/** A batch takes the server a short time, in which it writes nothing else. */
const ROWS_A_BATCH = 2000;
/** Working out what a client is called takes longer than counting it: whoever invents names by the thousand is not named. */
const NAMED_AT_ONCE = 2000;

export interface BatchFrame {
  readonly reporter: string;
  readonly until: number | null;
  readonly isLast: boolean;
  readonly nextSequence: () => number;
}

/**
 * Writes what was counted as batches, at least one, in pieces of work so that requests come between: the caller draws the
 * next one when it pleases. Undefined is a piece that has made no batch.
 */
export function* makeBatches(
  tables: readonly UsageTable[],
  { refusals, exposures }: { refusals: readonly ReportedRefusal[]; exposures: readonly UsageExposure[] },
  { reporter, until, isLast, nextSequence }: BatchFrame,
): Generator<string | undefined> {
  let counters: UsageCounter[] = [];
  let sources: UsageSource[] = [];
  let named = 0;
  const nameOf = (userAgent: string) => (named++ < NAMED_AT_ONCE ? clientName(userAgent) : undefined);
  let entries = 0;
  for (const table of tables) {
    for (const rows of usageRows(table, nameOf)) {
      counters.push(...rows.counters);
      sources.push(...rows.sources);
      entries += 1;
      if (Math.max(counters.length, sources.length) >= ROWS_A_BATCH) {
        const part = { reporter, sequence: nextSequence(), until: null, isLast: false };
        yield formatUsageBatch({ ...part, counters, sources, exposures: [], refusals: [] });
        counters = [];
        sources = [];
      } else if (entries % 100 === 0) yield undefined;
    }
  }
  const rest = { counters, sources, exposures, refusals };
  yield formatUsageBatch({ reporter, sequence: nextSequence(), until, isLast, ...rest });
}
