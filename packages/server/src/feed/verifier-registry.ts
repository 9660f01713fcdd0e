import type { RejectedRecord } from '@latchkey/wire/feed';
import type { AppliedRevision, FormerProcess, VerifierRow } from '../store/rows.ts';
import type { VerifierStore } from '../store/store.ts';
import type { FeedLog } from './feed-log.ts';
import { formerBounds } from './former-bounds.ts';

/** A verifier as it may be now; `isReachable`: its stream is open somewhere and it acknowledges. */
export interface SeenVerifier extends VerifierRow {
  readonly isReachable: boolean;
}

/** What verifiers applied: those of this server from memory, the others from the store, where all are written. */
export interface VerifierRegistry {
  /**
   * Writes down that a verifier is there, before it is served, and answers its id: another than the one given where that one's
   * process is there too, for then this is a copy of it, which may be elsewhere in the history. Rejects with the store's error.
   */
  connected(verifier: ConnectedVerifier, stream: StreamPlace): Promise<string>;
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

export type ConnectedVerifier = Pick<
  VerifierRow,
  'id' | 'token' | 'name' | 'version' | 'staleness' | 'process'
>;

export interface StreamPlace {
  /** Of the connection. */
  readonly id: string;
  /** What the verifier has: everything up to `from`; -1: nothing is known. */
  readonly epoch: string;
  readonly from: number;
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
const KEPT_PROCESSES = 32;
/** As long as what they decided may be asked for. */
const KEPT_PROCESSES_MS = 48 * 3600 * 1000;

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

  /** Another process goes by the same name, and is there: of this server it acknowledges, of another its stream is open. */
  async function isCopy({ id, process }: ConnectedVerifier): Promise<boolean> {
    const here = live.get(id);
    const known = here?.row ?? (await store.verifier(id));
    if (process === null || known === undefined || known.process === null) return false;
    if (known.process === process) return false;
    return here === undefined ? known.isConnected && now() <= known.ackedBefore : isReachable(known);
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  return {
    async connected(given, stream) {
      const at = now();
      const verifier = (await isCopy(given)) ? { ...given, id: `${given.token}.${given.process}` } : given;
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
        applied: appliedAt(known, stream),
        formerProcesses: formerProcesses(known, verifier.process, at),
        former: known === undefined ? null : formerBounds(known, answeredElsewhere, verifier.staleness),
        rejected: known?.rejected ?? [],
      };
      await store.saveVerifiers([{ ...row, ackedBefore: Math.max(row.ackedBefore, answeredElsewhere) }]);
      live.set(verifier.id, { row, connection: stream.id, answeredElsewhere, isDirty: false });
      return verifier.id;
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

/** Of a process that has ended it may still be told what it decided. */
function formerProcesses(
  known: VerifierRow | undefined,
  process: string | null,
  at: number,
): readonly FormerProcess[] {
  if (known === undefined) return [];
  const { formerProcesses: before } = known;
  if (known.process === null || known.process === process) return before;
  const kept = before.filter(({ until }) => until > at - KEPT_PROCESSES_MS);
  return [...kept, { process: known.process, until: at }].slice(-KEPT_PROCESSES);
}

/** One that was started again may be where it was before: what it does not have any more it has not applied. */
function appliedAt(known: VerifierRow | undefined, { epoch, from }: StreamPlace): readonly AppliedRevision[] {
  if (known === undefined) return [];
  return known.epoch === epoch ? known.applied.filter(({ revision }) => revision <= from) : known.applied;
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
