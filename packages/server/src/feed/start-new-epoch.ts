import type { AlarmReason, AlarmRow } from '../store/rows.ts';
import type { EpochStore } from '../store/store.ts';
import type { FeedLog } from './feed-log.ts';

/**
 * Raises the alarm that the database went back in time, and begins a new epoch, so that every verifier takes a fresh
 * snapshot and keeps its tombstones. Another server may have done so already (`instead` is no longer the present epoch).
 */
export async function startNewEpoch(
  deps: {
    readonly store: Pick<EpochStore, 'startEpoch'>;
    readonly now: () => number;
    readonly randomBytes: (count: number) => Uint8Array;
    readonly log: Pick<FeedLog, 'error'>;
  },
  cause: { readonly reason: AlarmReason; readonly revived: number; readonly instead: string },
): Promise<void> {
  const { reason, revived, instead } = cause;
  const epoch = Buffer.from(deps.randomBytes(12)).toString('base64url');
  const alarm: AlarmRow = { epoch, at: deps.now(), reason, revived };
  await deps.store.startEpoch(alarm, instead);
  deps.log.error({ reason, revived, epoch }, 'the database went back in time: a new epoch begins');
}
