import type { ServerResponse } from 'node:http';
import type { Catalogue } from '@latchkey/core';
import type { FeedAck, FeedAckAnswer, OfferedTombstone, StalenessBounds } from '@latchkey/wire/feed';
import { formatBye, formatHeartbeat, formatHello, formatSse, parseCursor } from '@latchkey/wire/feed';
import type { AlarmReason } from '../store/rows.ts';
import type { FeedStore, Store } from '../store/store.ts';
import { revokeAgain } from '../tokens/revoke-again.ts';
import { type BuiltSnapshot, buildSnapshot } from './built-snapshot.ts';
import type { ChangeBatch } from './change-tail.ts';
import { createChangeTail } from './change-tail.ts';
import { continueFrom } from './continue-from.ts';
import { cursorOf } from './cursor-of.ts';
import type { FeedCaller } from './feed-caller.ts';
import type { FeedLog } from './feed-log.ts';
import type { EndedHolder, FramedChange } from './framed-change.ts';
import { frameChange, inPieces, joinFrames } from './framed-change.ts';
import { createPacedRun } from './paced-run.ts';
import { createSnapshotCache } from './snapshot-cache.ts';
import { startNewEpoch } from './start-new-epoch.ts';
import { openStream } from './stream.ts';
import type { Connection, VerifierConnections } from './verifier-connections.ts';
import { createVerifierConnections } from './verifier-connections.ts';
import type { VerifierRegistry } from './verifier-registry.ts';

export interface FeedDeps {
  readonly store: Pick<
    Store,
    | 'head'
    | 'changesAfter'
    | 'chainAt'
    | 'snapshot'
    | 'onCommit'
    | 'change'
    | 'token'
    | 'account'
    | 'startEpoch'
    | 'countRevived'
  >;
  readonly registry: Pick<VerifierRegistry, 'connected' | 'acknowledged' | 'disconnected'>;
  /** The bounds that are told to streams that open from now on. */
  readonly staleness: () => StalenessBounds;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds that never go back. */
  readonly monotonic?: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** SHA-256 of the UTF-8 text, base64url without padding. */
  readonly hash: (text: string) => string;
  readonly catalogue: Catalogue;
  readonly log: FeedLog;
  /** What may wait for a slow verifier before it is cut; 1 MiB by default. */
  readonly bufferLimitBytes?: number;
  /** How often streams hear that the server lives; a second by default, and verifiers count on no more. */
  readonly heartbeatMs?: number;
}

export interface OpenStreamRequest {
  readonly caller: FeedCaller;
  readonly cursor: string | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** What the verifier calls this process or replica of its own; a stream without it is taken for a verifier of its own. */
  readonly instance: string | undefined;
  /** Which process of it this stream is of; undefined: it does not tell. */
  readonly process: string | undefined;
  /** It keeps to the bounds of scopes too. */
  readonly keepsScopeBounds: boolean;
}

export type AckOutcome =
  | { readonly ok: true; readonly answer: FeedAckAnswer }
  /** No such stream, or another verifier's: the two look alike. */
  | { readonly ok: false; readonly reason: 'unknown_connection' };

export interface Feed {
  /** Writes the stream to `response` until either side ends it. Rejects with the store's error before anything is written. */
  openStream(response: ServerResponse, request: OpenStreamRequest): Promise<void>;
  /** Notes what a verifier applied; answers after reading the head from the store. Rejects with the store's error. */
  acknowledge(caller: FeedCaller, ack: FeedAck, requestId: string): Promise<AckOutcome>;
  /** The shared snapshot, not older than the cursor `atLeast` where that is of this history. */
  snapshot(atLeast: string | undefined): Promise<BuiltSnapshot>;
  waitForVerifiers: VerifierConnections['waitFor'];
  connections(): Iterable<Connection>;
  /** Says bye to every verifier and stops reading the store. */
  close(): void;
}

const HEARTBEAT_MS = 1000;
const CATCH_UP_PAGE = 500;
const CATCH_UP_BYTES = 64 * 1024;
const BUFFER_LIMIT_BYTES = 1024 * 1024;
const RETRY_AFTER_STOP_SECONDS = 1;
/** A verifier that acknowledged and has not for so long is not there, whatever its socket says: its lease is over too. */
const SILENCE_MS = 10_000;
/** All verifiers together are asked for no more acks than this takes a fair part of one core. */
const ACKS_PER_SECOND = 1000;
/** Whoever lost the right to the feed need not hurry back. */
const RETRY_AFTER_LOSS_SECONDS = 30;
/** The oldest verifier that understands this feed. */
const MIN_VERIFIER_VERSION = '0.1.0';

/** Rejects where the store cannot be read. */
export async function createFeed(deps: FeedDeps): Promise<Feed> {
  const { store, registry, now, log } = deps;
  const bufferLimitBytes = deps.bufferLimitBytes ?? BUFFER_LIMIT_BYTES;
  const monotonic = deps.monotonic ?? (() => performance.now());
  const connections = createVerifierConnections(monotonic);
  const snapshots = createSnapshotCache(store, readSnapshot);
  const tail = await createChangeTail(store, { onBatch, onNewEpoch: () => endAll(0) });
  const delivery = createPacedRun(deliver, monotonic);
  const stopListening = store.onCommit(() => delivery.ask());
  const heartbeat = setInterval(beat, deps.heartbeatMs ?? HEARTBEAT_MS);
  heartbeat.unref();

  async function readSnapshot(from: Pick<FeedStore, 'snapshot'>): Promise<BuiltSnapshot> {
    const begun = monotonic();
    const built = await buildSnapshot(from);
    const ms = Math.round(monotonic() - begun);
    log.info(
      { records: built.records, revision: built.head.revision, ms },
      'a snapshot was read from the store',
    );
    return built;
  }

  async function deliver(): Promise<void> {
    await tail.pull().catch((error: unknown) => log.error({ err: error }, 'the feed could not read changes'));
  }

  function onBatch({ changes, bytes }: ChangeBatch): void {
    const first = changes[0];
    const last = changes.at(-1);
    if (first === undefined || last === undefined) return;
    for (const connection of connections.all()) {
      if (connection.state !== 'live' || connection.sent >= last.revision) continue;
      if (connection.sent === first.revision - 1) connection.stream.write(bytes);
      else {
        connection.stream.write(joinFrames(changes.filter((change) => change.revision > connection.sent)));
      }
      connection.sent = last.revision;
    }
    for (const { revision, ends } of changes) if (ends !== undefined) endHolder(ends, revision);
  }

  function endHolder(holder: EndedHolder, revision: number): void {
    const held = 'token' in holder ? connections.openedWith(holder.token) : connections.all();
    for (const connection of held) {
      const { caller } = connection;
      const isMeant = 'token' in holder ? caller.revision < revision : holder.account === caller.account;
      if (isMeant) end(connection, holder.mayReturn ? 0 : RETRY_AFTER_LOSS_SECONDS);
    }
  }

  async function isAsJudged({ token, account, revision }: FeedCaller): Promise<boolean> {
    const [row, owner] = await Promise.all([store.token(token), store.account(account)]);
    return row?.status === 'active' && row.revision === revision && owner?.status === 'active';
  }

  function end(connection: Connection, retryAfterSeconds: number): void {
    connection.stream.end(formatSse('bye', formatBye({ retryAfterSeconds })));
  }

  function endAll(retryAfterSeconds: number): void {
    for (const connection of connections.all()) end(connection, retryAfterSeconds);
  }

  function beat(): void {
    // Another process may write to the same store, and its commits wake nobody here.
    delivery.ask();
    const at = now();
    const frame = formatSse('heartbeat', formatHeartbeat({ head: cursorOf(tail.head()), serverTime: at }));
    for (const connection of connections.all()) {
      const { expires } = connection.caller;
      if (isSilent(connection)) dropSilent(connection);
      else if (expires !== null && expires <= at) end(connection, RETRY_AFTER_LOSS_SECONDS);
      else connection.stream.write(frame);
    }
  }

  /** Somebody who only looks on never acknowledges, and may. */
  function isSilent({ heardAt }: Connection): boolean {
    return heardAt !== undefined && monotonic() - heardAt > SILENCE_MS;
  }

  function dropSilent({ caller, id, stream }: Connection): void {
    log.warn({ verifier: caller.token, connection: id }, 'a verifier fell silent: cut');
    stream.drop();
  }

  /** Brings a new stream to where the tail is, as fast as it reads, and makes it live in the same turn. */
  async function catchUp(connection: Connection): Promise<void> {
    while (connection.stream.isOpen()) {
      const recent = tail.since(connection.sent);
      const waiting = recent ?? (await readChanges(connection.sent));
      const [piece = [], ...rest] = inPieces(waiting, CATCH_UP_BYTES);
      if (piece.length > 0) connection.stream.write(joinFrames(piece));
      connection.sent = piece.at(-1)?.revision ?? connection.sent;
      if (recent !== undefined && rest.length === 0) {
        connection.state = 'live';
        return;
      }
      await connection.stream.drained();
    }
  }

  async function readChanges(after: number): Promise<readonly FramedChange[]> {
    const rows = await store.changesAfter(after, CATCH_UP_PAGE);
    const { epoch } = tail.head();
    return rows.map((row) => frameChange(row, epoch));
  }

  return {
    async openStream(response, { caller, cursor, name, version, instance, process, keepsScopeBounds }) {
      await tail.pull();
      const place = await continueFrom(store, tail.head(), cursor);
      if (place === 'diverged') await leaveEpoch('cursor', 0);
      const head = tail.head();
      const from = typeof place === 'number' ? place : undefined;
      const id = Buffer.from(deps.randomBytes(16)).toString('base64url');
      const staleness = deps.staleness();
      const { scopes: _scopes, ...classes } = staleness;
      const kept = keepsScopeBounds ? staleness : classes;
      const about = { name: name ?? null, version: version ?? null, staleness: kept };
      const verifier = await registry.connected(
        { id: `${caller.token}.${instance ?? id}`, token: caller.token, process: process ?? null, ...about },
        { id, epoch: head.epoch, from: from ?? -1 },
      );
      const stream = openStream(response, {
        bufferLimitBytes,
        onCut: () => log.warn({ verifier: caller.token, connection: id }, 'a verifier reads too slowly: cut'),
      });
      const connection: Connection = {
        id,
        caller,
        verifier,
        name,
        version,
        staleness,
        stream,
        state: from === undefined ? 'resyncing' : 'catching-up',
        sent: from ?? 0,
        applied: 0,
        ackedAt: undefined,
        heardAt: undefined,
      };
      const hello = formatHello({
        verifier,
        connection: id,
        epoch: head.epoch,
        head: cursorOf(head),
        resync: from === undefined,
        staleness,
        serverTime: now(),
        minVersion: MIN_VERIFIER_VERSION,
      });
      stream.write(formatSse('hello', hello));
      connections.add(connection);
      void stream.closed.then(() => registry.disconnected(verifier, id));
      log.info({ verifier: caller.token, name, version, resync: from === undefined }, 'a verifier connected');
      try {
        // It may have changed after it was authorised and before changes were watched for it.
        if (!(await isAsJudged(caller))) end(connection, RETRY_AFTER_LOSS_SECONDS);
        if (from !== undefined) await catchUp(connection);
      } catch (error) {
        // The head of the answer is gone already: all that is left is to end the stream.
        log.error({ err: error, verifier: caller.token }, 'a stream could not be brought up to date');
        end(connection, RETRY_AFTER_STOP_SECONDS);
      }
      await stream.closed;
    },

    async acknowledge(caller, ack, requestId) {
      const connection = connections.get(ack.connection);
      if (connection === undefined || connection.caller.token !== caller.token) {
        return { ok: false, reason: 'unknown_connection' };
      }
      connection.heardAt = monotonic();
      const applied = appliedRevision(connection, ack.applied);
      const { epoch } = tail.head();
      await registry.acknowledged(connection.verifier, { epoch, applied, rejected: ack.rejected });
      connections.acknowledge(connection, applied);
      for (const { revision, id, reason } of ack.rejected) {
        log.warn(
          { verifier: caller.token, revision, token: id, reason },
          'a verifier could not read a record',
        );
      }
      if (ack.tombstones !== undefined && ack.tombstones.length > 0) {
        await revokeOffered(connection, ack.tombstones, requestId);
      }
      const head = cursorOf(await store.head());
      // Others are told to its next stream, so that it is known which ones it heard of.
      const ackEveryMs = Math.round((connections.count() * 1000) / ACKS_PER_SECOND);
      return { ok: true, answer: { head, serverTime: now(), staleness: connection.staleness, ackEveryMs } };
    },

    async snapshot(atLeast) {
      const wanted = atLeast === undefined ? undefined : parseCursor(atLeast);
      const { epoch, revision } = await store.head();
      const isOurs = wanted !== undefined && wanted.epoch === epoch && wanted.revision <= revision;
      return snapshots.get(isOurs ? wanted.revision : 0);
    },

    waitForVerifiers: connections.waitFor,
    connections: connections.all,

    close() {
      stopListening();
      delivery.stop();
      clearInterval(heartbeat);
      endAll(RETRY_AFTER_STOP_SECONDS);
    },
  };

  async function revokeOffered(
    { caller }: Connection,
    tombstones: readonly OfferedTombstone[],
    requestId: string,
  ): Promise<void> {
    const witness = `tombstone of verifier ${caller.token}`;
    const revived = await revokeAgain(deps, tombstones, { witness, requestId });
    for (const { id, account } of revived) {
      log.error(
        { token: id, account, verifier: caller.token },
        'a revoked token had come back: revoked again',
      );
    }
    if (revived.length === 0) return;
    // Streams get the revocation before they end.
    await tail.pull();
    // Where this epoch began with an alarm, no verifier takes what was lost for a part of it.
    if (await store.countRevived(tail.head().epoch, revived.length)) return;
    await leaveEpoch('tombstones', revived.length);
  }

  async function leaveEpoch(reason: AlarmReason, revived: number): Promise<void> {
    await startNewEpoch(deps, { reason, revived, instead: tail.head().epoch });
    await tail.pull();
  }

  /** What the verifier says it applied; nothing where the cursor is not one of this history that was sent to it. */
  function appliedRevision(connection: Connection, applied: string | null): number | undefined {
    const cursor = applied === null ? undefined : parseCursor(applied);
    if (cursor === undefined || cursor.epoch !== tail.head().epoch) return undefined;
    return cursor.revision <= connection.sent ? cursor.revision : undefined;
  }
}
