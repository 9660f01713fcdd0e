import type { RejectedRecord } from '@latchkey/wire/feed';
import type { AppliedRevision, VerifierRow } from '../store/rows.ts';
import type { VerifierStore } from '../store/store.ts';
import type { FeedLog } from './feed-log.ts';
import { formerBounds } from './former-bounds.ts';

/** A verifier as it may be now; `isReachable`: its stream is open somewhere and it acknowledges. */
export interface SeenVerifier extends VerifierRow {
  readonly isReachable: boolean;
}

/** What verifiers applied: those of this server from memory, the others from the store, where all are written. */
export interface VerifierRegistry {
  /** Writes down that a verifier is there, before it is served. Rejects with the store's error. */
  connected(
    verifier: Pick<VerifierRow, 'id' | 'token' | 'name' | 'version' | 'staleness'>,
    connection: string,
  ): Promise<void>;
  /**
   * Notes an ack; resolves when it may be answered, which is at once but where its time would be later than what
   * is written down. Rejects with the store's error, and then the ack must not be answered.
   */
  acknowledged(id: string, ack: NotedAck): Promise<void>;
  disconnected(id: string, connection: string): void;
  /** Every verifier there is. Rejects with the store's error. */
  all(): Promise<readonly SeenVerifier[]>;
  /** Whether a reachable verifier of this server has not applied the revision. */
  isAwaiting(revision: number): boolean;
  /** Resolves at the next ack, or after `limitMs`, or when waiting is ended. */
  news(limitMs: number): Promise<void>;
  /** Ends all waiting, now and later: the server stops. */
  endWaits(): void;
  hasEndedWaits(): boolean;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

export interface NotedAck {
  readonly epoch: string;
  /** Undefined: alive, and nothing is known to be applied. */
  readonly applied: number | undefined;
  readonly rejected: readonly RejectedRecord[];
}

/** A verifier that has not acknowledged for so long is not there, whatever its socket says. */
const LEASE_MS = 10_000;
const FLUSH_EVERY_MS = 1000;
/** So far ahead it is written that acks may be answered. */
const AHEAD_MS = 10_000;
const KEPT_APPLIED = 64;
const KEPT_REJECTED = 100;

interface Live {
  row: VerifierRow;
  readonly connection: string;
  /** No other server, and no process before this one, answered an ack after this time. */
  readonly answeredElsewhere: number;
  isDirty: boolean;
}

export function createVerifierRegistry(deps: {
  readonly store: VerifierStore;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: Pick<FeedLog, 'error'>;
}): VerifierRegistry {
  const { store, now, log } = deps;
  const live = new Map<string, Live>();
  const listeners = new Set<() => void>();
  let closed = false;
  let waitsEnded = false;
  let flushing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    flush().catch((error: unknown) =>
      log.error({ err: error }, 'what verifiers applied could not be stored'),
    );
  }, FLUSH_EVERY_MS);
  timer.unref();

  function isDue({ row, isDirty }: Live): boolean {
    return isDirty || (row.isConnected && isReachable(row) && row.ackedBefore - now() < AHEAD_MS / 2);
  }

  function isReachable(row: VerifierRow): boolean {
    return row.isConnected && now() - (row.ackedAt ?? row.connectedAt) <= LEASE_MS;
  }

  function flush(): Promise<void> {
    flushing = flushing.catch(() => undefined).then(() => write([...live.values()].filter(isDue)));
    return flushing;
  }

  async function write(due: readonly Live[]): Promise<void> {
    if (due.length === 0) return;
    const rows = due.map((one) => ({
      ...one.row,
      ackedBefore: one.row.isConnected && !closed ? now() + AHEAD_MS : answeredBefore(one),
    }));
    for (const one of due) one.isDirty = false;
    try {
      await store.saveVerifiers(rows);
    } catch (error) {
      for (const one of due) one.isDirty = true;
      throw error;
    }
    due.forEach((one, index) => {
      const { ackedBefore = one.row.ackedBefore } = rows[index] ?? {};
      one.row = { ...one.row, ackedBefore };
      if (!one.row.isConnected && !one.isDirty && live.get(one.row.id) === one) live.delete(one.row.id);
    });
  }

  /** Of a verifier of this server it is known exactly. */
  function answeredBefore({ row, answeredElsewhere }: Live): number {
    return Math.max(answeredElsewhere, row.ackedAt ?? row.connectedAt);
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  return {
    async connected(verifier, connection) {
      const at = now();
      const here = live.get(verifier.id);
      const known = here?.row ?? (await store.verifier(verifier.id));
      const answeredElsewhere = here === undefined ? (known?.ackedBefore ?? 0) : answeredBefore(here);
      const row: VerifierRow = {
        ...verifier,
        isConnected: true,
        connectedAt: at,
        ackedAt: known?.ackedAt ?? null,
        ackedBefore: at + AHEAD_MS,
        epoch: known?.epoch ?? '',
        applied: known?.applied ?? [],
        former: known === undefined ? null : formerBounds(known, answeredElsewhere, verifier.staleness),
        rejected: known?.rejected ?? [],
      };
      await store.saveVerifiers([{ ...row, ackedBefore: Math.max(row.ackedBefore, answeredElsewhere) }]);
      live.set(verifier.id, { row, connection, answeredElsewhere, isDirty: false });
    },

    async acknowledged(id, { epoch, applied, rejected }) {
      const one = live.get(id);
      if (one === undefined) return;
      const at = now();
      const before = one.row.epoch === epoch ? one.row.applied : [];
      const isNew = applied !== undefined && applied > (before.at(-1)?.revision ?? -1);
      const changed = isNew || rejected.length > 0;
      one.row = {
        ...one.row,
        ackedAt: at,
        ...(isNew ? { epoch, applied: keep([...before, { revision: applied, at }], KEPT_APPLIED) } : {}),
        rejected: rejected.length === 0 ? one.row.rejected : mergeRejected(one.row.rejected, rejected),
      };
      one.isDirty ||= changed;
      if (at > one.row.ackedBefore) {
        one.isDirty = true;
        await flush();
      }
      tell();
    },

    disconnected(id, connection) {
      const one = live.get(id);
      if (one?.connection !== connection) return;
      one.row = { ...one.row, isConnected: false };
      one.isDirty = true;
      tell();
    },

    async all() {
      const stored = await store.verifiers();
      const seen = new Map<string, SeenVerifier>();
      for (const row of stored) {
        // Whichever server it is connected to writes a later time as long as it acknowledges.
        seen.set(row.id, { ...row, isReachable: row.isConnected && now() <= row.ackedBefore });
      }
      for (const one of live.values()) {
        const { row } = one;
        seen.set(row.id, { ...row, ackedBefore: answeredBefore(one), isReachable: isReachable(row) });
      }
      return [...seen.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    isAwaiting(revision) {
      for (const { row } of live.values()) {
        if (isReachable(row) && (row.applied.at(-1)?.revision ?? -1) < revision) return true;
      }
      return false;
    },

    async news(limitMs) {
      if (waitsEnded) return;
      await new Promise<void>((resolve) => {
        const timeout = setTimeout(finish, limitMs);
        listeners.add(finish);
        function finish(): void {
          clearTimeout(timeout);
          listeners.delete(finish);
          resolve();
        }
      });
    },

    endWaits() {
      waitsEnded = true;
      tell();
    },
    hasEndedWaits: () => waitsEnded,

    async close() {
      if (closed) return;
      closed = true;
      waitsEnded = true;
      clearInterval(timer);
      tell();
      await flushing.catch(() => undefined);
      // From here on no ack is answered, so the exact times are known.
      for (const one of live.values()) one.row = { ...one.row, isConnected: false };
      await write([...live.values()]);
    },
  };
}

function keep(applied: readonly AppliedRevision[], count: number): readonly AppliedRevision[] {
  return applied.slice(-count);
}

/** A record that is reported again is told once. */
function mergeRejected(
  known: readonly RejectedRecord[],
  added: readonly RejectedRecord[],
): readonly RejectedRecord[] {
  const merged = new Map(
    [...known, ...added].map((one) => [`${one.revision} ${one.id} ${one.reason}`, one] as const),
  );
  return [...merged.values()].slice(-KEPT_REJECTED);
}
