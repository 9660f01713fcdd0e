import { createHash } from 'node:crypto';
import type { SnapshotEnd, SseEvent } from '@latchkey/wire/feed';
import { parseCursor, parseRecord } from '@latchkey/wire/feed';
import type { Replica } from '../../replica/replica.ts';
import type { Follower, Verdict } from '../follower.ts';
import type { History } from './history.ts';
import { changeData, cursorAt, heartbeatOf, helloOf, stateAt } from './history.ts';

/** What the network does to one stream. Indices count events and are taken modulo their number. */
export interface Roughness {
  /** Events after which the connection is cut. */
  readonly cutAfter: number;
  readonly repeated: readonly number[];
  readonly swapped: readonly number[];
  readonly dropped: readonly number[];
  readonly corrupted: readonly { readonly at: number; readonly how: Corruption }[];
  /** How many changes the shared snapshot lags behind the head, where one is fetched. */
  readonly snapshotLag: number;
  /** How many of the changes the server had when the stream began. */
  readonly written: number;
}

export type Corruption =
  | 'not-json'
  | 'no-revision'
  | 'blank-scopes'
  | 'nameless'
  | 'wrong-digest'
  | 'wrong-revision';

/** Told after each thing that reached the follower. */
export type Watch = () => void;

/** One connection over a rough network: a snapshot where the last verdict wanted one, then a stream. Answers the last verdict. */
export function connect(
  follower: Follower,
  replica: Replica,
  history: History,
  rough: Roughness,
  watch: Watch,
): Verdict {
  const written = Math.min(rough.written, history.changes.length);
  const soFar: History = { epoch: history.epoch, changes: history.changes.slice(0, written) };
  follower.open();
  const from = revisionOf(soFar, follower.cursor());
  let verdict = follower.take(event('hello', helloOf(soFar, from === undefined)));
  watch();
  if (verdict.do === 'resync') {
    loadSnapshot(follower, replica, soFar, Math.max(0, written - rough.snapshotLag));
    watch();
    return verdict;
  }
  for (const next of roughen(eventsAfter(soFar, from ?? 0), rough)) {
    verdict = follower.take(next);
    watch();
    if (verdict.do !== 'resync') continue;
    const atLeast = verdict.atLeast === undefined ? 0 : (parseCursor(verdict.atLeast)?.revision ?? 0);
    loadSnapshot(follower, replica, soFar, Math.max(atLeast, written - rough.snapshotLag, 0));
    watch();
    return verdict;
  }
  return verdict;
}

export function loadSnapshot(follower: Follower, replica: Replica, history: History, revision: number): void {
  const stage = replica.stage();
  const records = stateAt(history, Math.min(revision, history.changes.length));
  for (const record of records) stage.take(parseRecord(record));
  const end: SnapshotEnd = {
    cursor: cursorAt(history, revision),
    epoch: history.epoch,
    revision,
    records: records.length,
    sha256: createHash('sha256').digest('hex'),
  };
  drain(follower.adopt(stage, end));
}

/** Runs work in one go. */
export function drain<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

function revisionOf(history: History, cursorText: string | undefined): number | undefined {
  const cursor = cursorText === undefined ? undefined : parseCursor(cursorText);
  if (cursor === undefined || cursor.revision > history.changes.length) return undefined;
  return cursorAt(history, cursor.revision) === cursorText ? cursor.revision : undefined;
}

function eventsAfter(history: History, revision: number): SseEvent[] {
  const changes = history.changes
    .slice(revision)
    .map((change) => event('change', changeData(change), change.cursor));
  return [...changes, event('heartbeat', heartbeatOf(history))];
}

function roughen(events: readonly SseEvent[], rough: Roughness): readonly SseEvent[] {
  let result = [...events];
  for (const { at, how } of rough.corrupted) {
    const index = at % result.length;
    const victim = events[index];
    if (victim?.event === 'change') result[index] = corrupt(victim, how);
  }
  for (const at of rough.swapped) {
    const index = at % result.length;
    const [one, other] = [result[index], result[index + 1]];
    if (one !== undefined && other !== undefined) result.splice(index, 2, other, one);
  }
  result = result.flatMap((one, index) =>
    rough.repeated.some((at) => at % events.length === index) ? [one, one] : [one],
  );
  result = result.filter((_, index) => !rough.dropped.some((at) => at % result.length === index));
  return result.slice(0, rough.cutAfter);
}

function corrupt(victim: SseEvent, how: Corruption): SseEvent {
  const change = JSON.parse(victim.data) as { revision: unknown; record: Record<string, unknown> };
  if (how === 'not-json') return { ...victim, data: victim.data.slice(0, -3) };
  if (how === 'no-revision') return { ...victim, data: JSON.stringify({ ...change, revision: null }) };
  const { record } = change;
  const broken = {
    'blank-scopes': { ...record, scopes: '', status: record.status === 'revoked' ? '' : record.status },
    nameless: { ...record, id: null, digest: null, account: null },
    'wrong-digest': { ...record, digest: 'B'.repeat(43) },
    'wrong-revision': { ...record, revision: 1e9 },
  }[how];
  return { ...victim, data: JSON.stringify({ ...change, record: broken }) };
}

function event(name: string, data: string, id?: string): SseEvent {
  return { event: name, data, id, tooLong: false };
}
