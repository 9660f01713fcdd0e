import type { RotationRow } from '../store/rows.ts';
import type { ChangeStore, RotationStore } from '../store/store.ts';
import type { UsageStore } from '../store/usage-store.ts';
import { quietVerdict, type UseReport } from './quiet-verdict.ts';
import { retireToken, type Verdict } from './retire-token.ts';

const STEP = 100;
/** What a server itself has let in is in the store after this time at the latest, whichever server it was. */
const SERVERS_TELL_WITHIN_MS = 15_000;

export interface RetireDeps {
  readonly store: RotationStore & Pick<ChangeStore, 'change'> & Pick<UsageStore, 'lastUses'>;
  /** Everyone who may let a token in. */
  readonly useReports: () => Promise<readonly UseReport[]>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** How many rotations were looked at, and what came of them. */
export interface RetiredTokens {
  readonly retired: number;
  readonly postponed: number;
}

/**
 * Retires the tokens whose time has come. What is due stands in the store alone: a server that was down catches up, and of
 * several servers one is the first. A rotation that fails keeps none of the others back; the errors are thrown together at the end.
 */
export async function retireDueTokens(deps: RetireDeps): Promise<RetiredTokens> {
  const due = await deps.store.dueRotations({ at: deps.now(), limit: STEP });
  const outcomes = await Promise.allSettled(
    due.map(async (row) => retireToken(deps, row, await verdictOn(row, deps))),
  );
  const count = (kind: string) =>
    outcomes.filter((one) => one.status === 'fulfilled' && one.value === kind).length;
  const errors = outcomes.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} tokens could not be retired`);
  return { retired: count('retired'), postponed: count('postponed') };
}

async function verdictOn(row: RotationRow, { store, useReports, now }: RetireDeps): Promise<Verdict> {
  const { quietMs } = row;
  if (quietMs === null) return { kind: 'retire' };
  // In this order: what is reported in between is found among the uses.
  const reports = await useReports();
  const uses = await store.lastUses([row.token]);
  const lastUsedAt = uses.find(({ kind }) => kind === 'allowed')?.at ?? null;
  const asOf = now() - SERVERS_TELL_WITHIN_MS;
  const verdict = quietVerdict({ ...row, quietMs }, { lastUsedAt, reports }, asOf);
  return verdict.kind === 'retire'
    ? verdict
    : { ...verdict, lookAt: verdict.lookAt + SERVERS_TELL_WITHIN_MS };
}
