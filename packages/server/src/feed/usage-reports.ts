import type { ReporterRow, UsageStore } from '../store/usage-store.ts';
import type { VerifierRegistry } from './verifier-registry.ts';

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
    return verifiers.map(({ id, name, staleness, ackedBefore, isReachable }) => {
      const bound = Math.max(staleness.secret, staleness.temporary, staleness.public) * 1000;
      const servesUntil = (isReachable ? Math.max(ackedBefore, now()) : ackedBefore) + bound;
      return reportOf({ id, name, servesUntil }, reporters.get(id));
    });
  };
}

function reportOf(
  { id, name, servesUntil }: { id: string; name: string | null; servesUntil: number },
  row: ReporterRow | undefined,
): UsageReport {
  const reportedUntil = row?.reportedUntil ?? null;
  const decidesUntil = Math.max(servesUntil, reportedUntil ?? 0);
  return { id, name, reportedUntil, decidesUntil, isOver: row?.isOver ?? false };
}
