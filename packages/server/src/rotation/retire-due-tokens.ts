import type { RotationRow } from '../store/rows.ts';
import type { ChangeStore, RotationStore } from '../store/store.ts';
import { retireToken, type Verdict } from './retire-token.ts';

const STEP = 100;

/** How many rotations were looked at, and what came of them. */
export interface RetiredTokens {
  readonly retired: number;
  readonly postponed: number;
}

/**
 * Retires the tokens whose time has come. What is due stands in the store alone: a server that was down catches up, and of
 * several servers one is the first. A rotation that fails keeps none of the others back; the errors are thrown together at the end.
 */
export async function retireDueTokens(deps: {
  readonly store: RotationStore & Pick<ChangeStore, 'change'>;
  /** Unix milliseconds. */
  readonly now: () => number;
}): Promise<RetiredTokens> {
  const due = await deps.store.dueRotations({ at: deps.now(), limit: STEP });
  const outcomes = await Promise.allSettled(due.map(async (row) => retireToken(deps, row, verdictOn(row))));
  const count = (kind: string) =>
    outcomes.filter((one) => one.status === 'fulfilled' && one.value === kind).length;
  const errors = outcomes.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} tokens could not be retired`);
  return { retired: count('retired'), postponed: count('postponed') };
}

function verdictOn(_row: RotationRow): Verdict {
  return { kind: 'retire' };
}
