import type { FeedHello, SnapshotEnd, SseEvent } from '@latchkey/wire/feed';
import { parseBye, parseChange, parseHeartbeat, parseHello } from '@latchkey/wire/feed';
import type { Replica } from '../replica/replica.ts';
import type { LackingTombstone, Stage } from '../replica/stage.ts';
import type { FeedLag } from './feed-lag.ts';
import type { Freshness } from './freshness.ts';
import type { NotedChange, Position } from './position.ts';
import type { Rejections } from './rejections.ts';
import { idOf, unsupportedIn } from './unsupported-in.ts';

/** What the reader has to do after an event. */
export type Verdict =
  | { readonly do: 'go-on' }
  | { readonly do: 'greet'; readonly hello: FeedHello }
  | { readonly do: 'beat' }
  /** The stream cannot be trusted any further, the replica can: open a new one. */
  | { readonly do: 'reconnect'; readonly why: string; readonly afterSeconds?: number }
  /** Fetch a snapshot that is not older than `atLeast`, then open a stream. */
  | { readonly do: 'resync'; readonly why: string; readonly atLeast: string | undefined };

/**
 * Follows one installation's history: judges each event of a stream, applies it to the replica, and says what to do. Pure
 * of network and time; never throws.
 */
export interface Follower {
  /** Up to where everything is applied, and where the next stream goes on; undefined before the first snapshot. */
  position(): Position | undefined;
  /** The cursor of the position. */
  cursor(): string | undefined;
  /** The replica holds what was applied up to there. */
  resume(from: Position): void;
  /** A new stream is opened: its first event has to be `hello`. */
  open(): void;
  take(event: SseEvent): Verdict;
  /** Puts a whole snapshot in place, pausing at each yield. There is no position until it is done. */
  adopt(stage: Stage, end: SnapshotEnd): Generator<void, void>;
  /** Tombstones that the server lacks, until they are {@link delivered}. */
  offered(): readonly LackingTombstone[];
  delivered(count: number): void;
}

const GO_ON: Verdict = { do: 'go-on' };

export function createFollower(deps: {
  readonly replica: Replica;
  readonly freshness: Freshness;
  readonly rejections: Rejections;
  readonly lag?: FeedLag;
  /** A change has been applied. */
  readonly onTaken?: (change: NotedChange) => void;
}): Follower {
  const { replica, freshness, rejections, lag } = deps;
  let position: Position | undefined;
  let isGreeted = false;
  let lacking: readonly LackingTombstone[] = [];

  function resync(why: string, atLeast?: string): Verdict {
    freshness.onLost();
    return { do: 'resync', why, atLeast };
  }

  function greet(data: string): Verdict {
    const hello = parseHello(data);
    if (hello === undefined) return { do: 'reconnect', why: 'the hello could not be read' };
    if (hello.resync) return resync('the server cannot continue from this cursor');
    if (position === undefined) return resync('there is no snapshot yet');
    if (hello.epoch !== replica.epoch) return resync('the epoch is another one');
    isGreeted = true;
    lag?.onServerTime(hello.serverTime);
    freshness.onHello(hello.head, position.cursor);
    return { do: 'greet', hello };
  }

  function change({ data, id: cursor }: SseEvent): Verdict {
    if (position === undefined) return resync('there is no snapshot yet');
    const { revision, at, record } = parseChange(data);
    if (revision === undefined || cursor === undefined || cursor === '') {
      // Whom it concerns is denied at once; only the snapshot tells where the stream stands.
      const taken = replica.take(record, position.revision + 1);
      const reason = taken.kind === 'applied' ? 'the change has no place' : taken.reason;
      rejections.add({ revision: null, id: taken.kind === 'denied' ? (taken.id ?? null) : null, reason });
      return resync('a change does not tell its place', cursor === '' ? undefined : cursor);
    }
    if (revision <= position.revision) return GO_ON;
    if (revision !== position.revision + 1) return resync('changes are missing in between', cursor);
    const taken = replica.take(record, revision);
    if (taken.kind !== 'applied') {
      const id = taken.kind === 'denied' ? (taken.id ?? null) : null;
      rejections.add({ revision, id, reason: taken.reason });
    } else {
      const reason = unsupportedIn(record);
      if (reason !== undefined) rejections.add({ revision, id: idOf(record), reason });
    }
    if (taken.kind === 'nameless') return resync('a change concerns nobody who can be named', cursor);
    position = { cursor, revision };
    freshness.onApplied(cursor);
    if (at !== undefined) lag?.onApplied(at);
    deps.onTaken?.({ cursor, revision, data });
    return GO_ON;
  }

  return {
    position: () => position,
    cursor: () => position?.cursor,
    resume(from) {
      position = from;
    },
    open() {
      isGreeted = false;
    },
    take(event) {
      if (event.event === 'bye') {
        const afterSeconds = parseBye(event.data)?.retryAfterSeconds ?? 0;
        return { do: 'reconnect', why: 'the server said bye', afterSeconds };
      }
      if (!isGreeted) {
        return event.event === 'hello'
          ? greet(event.data)
          : { do: 'reconnect', why: 'the stream did not begin with hello' };
      }
      if (event.event === 'change') return change(event);
      if (event.event !== 'heartbeat') return GO_ON;
      const heartbeat = parseHeartbeat(event.data);
      if (heartbeat === undefined) return GO_ON;
      lag?.onServerTime(heartbeat.serverTime);
      freshness.onHeartbeat(heartbeat.head);
      return { do: 'beat' };
    },
    *adopt(stage, end) {
      position = undefined;
      const adopted = yield* stage.adopt(end);
      lacking = adopted.lacking;
      for (const { id, reason } of adopted.denied) {
        rejections.add({ revision: null, id: id ?? null, reason: `snapshot: ${reason}` });
      }
      position = { cursor: end.cursor, revision: end.revision };
    },
    offered: () => lacking,
    delivered(count) {
      lacking = lacking.slice(count);
    },
  };
}
