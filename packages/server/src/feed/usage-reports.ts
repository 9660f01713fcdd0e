import { longestBound } from '@latchkey/wire/feed';
import type { FormerProcess } from '../store/rows.ts';
import type { ReporterRow, UsageStore } from '../store/usage-store.ts';
import type { SeenVerifier, VerifierRegistry } from './verifier-registry.ts';

/** How far a verifier has told which requests it decided. Times are unix milliseconds by the server's clock. */
export interface UsageReport {
  readonly id: string;
  readonly name: string | null;
  /** Every request that it decided before then is in the store; null: it has not told of any time. */
  readonly reportedUntil: number | null;
  /** It may decide requests up to then, by what it heard of the server last; `reportedUntil` does not reach further. */
  readonly decidesUntil: number;
  /** It was closed and has told everything: nothing of it is unknown. */
  readonly isOver: boolean;
}

/**
 * What is unknown of the use of tokens: of each verifier all that it decides between `reportedUntil` and `decidesUntil`, and
 * of one that `isOver` nothing. A verifier that is cut off stays until its bounds have passed and for a day more.
 */
export type UsageReports = () => Promise<readonly UsageReport[]>;

/** So long what a verifier decided before it was started again is told to be unknown. */
const KEPT_MS = 24 * 3600 * 1000;

export function createUsageReports(deps: {
  readonly store: Pick<UsageStore, 'reporters'>;
  readonly registry: Pick<VerifierRegistry, 'all'>;
  /** Unix milliseconds. */
  readonly now: () => number;
}): UsageReports {
  const { store, registry, now } = deps;
  return async () => {
    // In this order: a verifier that connects in between is found without a report, never the other way round.
    const reporters = new Map((await store.reporters(0)).map((row) => [row.id, row] as const));
    const verifiers = await registry.all();
    return verifiers.flatMap((one) => [
      reportOf(one, reporters.get(one.process ?? instanceOf(one)), now()),
      ...one.formerProcesses
        .filter(({ until }) => until + KEPT_MS > now())
        .map((former) => formerReportOf(one, former, reporters.get(former.process))),
    ]);
  };
}

function reportOf(one: SeenVerifier, row: ReporterRow | undefined, now: number): UsageReport {
  const { id, name, former, staleness } = one;
  const ackedBefore = one.isReachable ? Math.max(one.ackedBefore, now) : one.ackedBefore;
  const told = [{ staleness, ackedBefore }, ...(former === null ? [] : [former])];
  const ends = told.map((bounds) => bounds.ackedBefore + longestBound(bounds.staleness) * 1000);
  const reportedUntil = row?.reportedUntil ?? null;
  const decidesUntil = Math.max(...ends, reportedUntil ?? 0);
  return { id, name, reportedUntil, decidesUntil, isOver: row?.isOver ?? false };
}

/** What it was before it was started again: it decides no longer, and may not have told of all that it decided. */
function formerReportOf(
  { id, name }: SeenVerifier,
  { until }: FormerProcess,
  row: ReporterRow | undefined,
): UsageReport {
  const reportedUntil = row?.reportedUntil ?? null;
  return {
    id,
    name,
    reportedUntil,
    decidesUntil: Math.max(until, reportedUntil ?? 0),
    isOver: row?.isOver ?? false,
  };
}

/** It is random, and what a verifier's batches are called by whichever token they come with. */
export function instanceOf({ id }: Pick<SeenVerifier, 'id'>): string {
  return id.slice(id.indexOf('.') + 1);
}
