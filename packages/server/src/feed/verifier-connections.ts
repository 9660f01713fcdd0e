import type { StalenessBounds } from '@latchkey/wire/feed';
import type { FeedCaller } from './feed-caller.ts';
import type { Stream } from './stream.ts';

/** A verifier's open stream and what is known of it. */
export interface Connection {
  /** Random; acks carry it. */
  readonly id: string;
  readonly caller: FeedCaller;
  /** The id of the verifier, which outlives its connections. */
  readonly verifier: string;
  /** What the verifier calls itself; for people. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** The bounds that its hello told. */
  readonly staleness: StalenessBounds;
  readonly stream: Stream;
  /** `live`: gets each change as it comes. `resyncing`: was told to fetch the snapshot, gets heartbeats only. */
  state: 'catching-up' | 'live' | 'resyncing';
  /** The newest revision written to the stream. */
  sent: number;
  /** The newest revision that the verifier says it applied. */
  applied: number;
  /** Monotonic milliseconds of the newest ack; undefined before the first. */
  ackedAt: number | undefined;
  /** The same of the newest ack that came, whether it could be noted or not. */
  heardAt: number | undefined;
}

export interface VerifierConnections {
  add(connection: Connection): void;
  get(id: string): Connection | undefined;
  all(): Iterable<Connection>;
  count(): number;
  /** Those that were opened with this token. */
  openedWith(token: string): Iterable<Connection>;
  /** Notes that the verifier has applied `revision`, or is merely alive (undefined). */
  acknowledge(connection: Connection, revision: number | undefined): void;
  /**
   * Waits until every verifier that is connected and current now has applied `revision`, or has gone, or the time is
   * over. `pending` is how many had not by then.
   */
  waitFor(revision: number, options: { readonly timeoutMs: number }): Promise<{ readonly pending: number }>;
}

/** A verifier that has not acknowledged for so long refuses unknown tokens itself: nobody waits for it. */
const LEASE_MS = 10_000;

interface Waiter {
  readonly revision: number;
  readonly pending: Set<Connection>;
  readonly finish: () => void;
}

/** @param monotonic milliseconds that never go back */
export function createVerifierConnections(monotonic: () => number): VerifierConnections {
  const connections = new Map<string, Connection>();
  /** Every change asks who holds its token, and hardly any token is a verifier's. */
  const byToken = new Map<string, Set<Connection>>();
  const waiters = new Set<Waiter>();

  function settle(connection: Connection, isDone: (waiter: Waiter) => boolean): void {
    for (const waiter of waiters) {
      if (isDone(waiter) && waiter.pending.delete(connection) && waiter.pending.size === 0) waiter.finish();
    }
  }

  function isCurrent({ state, ackedAt }: Connection): boolean {
    return state === 'live' && ackedAt !== undefined && monotonic() - ackedAt <= LEASE_MS;
  }

  function note(connection: Connection): void {
    const { token } = connection.caller;
    const held = byToken.get(token) ?? new Set();
    byToken.set(token, held.add(connection));
    connections.set(connection.id, connection);
  }

  function forget(connection: Connection): void {
    const { token } = connection.caller;
    const held = byToken.get(token);
    held?.delete(connection);
    if (held?.size === 0) byToken.delete(token);
    connections.delete(connection.id);
  }

  return {
    add(connection) {
      note(connection);
      void connection.stream.closed.then(() => {
        forget(connection);
        settle(connection, () => true);
      });
    },
    get: (id) => connections.get(id),
    all: () => connections.values(),
    count: () => connections.size,
    openedWith: (token) => byToken.get(token) ?? [],
    acknowledge(connection, revision) {
      connection.ackedAt = monotonic();
      if (revision === undefined || revision <= connection.applied) return;
      connection.applied = revision;
      settle(connection, (waiter) => waiter.revision <= revision);
    },
    async waitFor(revision, { timeoutMs }) {
      const pending = new Set<Connection>();
      for (const connection of connections.values()) {
        if (connection.applied < revision && isCurrent(connection)) pending.add(connection);
      }
      if (pending.size === 0) return { pending: 0 };
      await new Promise<void>((resolve) => {
        const waiter: Waiter = { revision, pending, finish };
        const timer = setTimeout(finish, timeoutMs);
        waiters.add(waiter);
        function finish(): void {
          clearTimeout(timer);
          waiters.delete(waiter);
          resolve();
        }
      });
      return { pending: pending.size };
    },
  };
}
