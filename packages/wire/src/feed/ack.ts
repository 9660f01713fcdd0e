import type { TokenId } from '@latchkey/core';
import { parseTokenId } from '@latchkey/core';
import { asCount, asLabel, asObject, parseJsonObject } from './json-fields.ts';
import { asCursorText } from './parse-event.ts';
import { parseDigest } from './parse-record.ts';
import type { StalenessBounds } from './staleness.ts';
import { parseStaleness } from './staleness.ts';

/** The body of `POST /v1/feed/acks`. */
export interface FeedAck {
  /** From the `hello` of the stream that is being acknowledged. */
  readonly connection: string;
  /** The cursor up to which everything is applied; null before the first snapshot is. */
  readonly applied: string | null;
  readonly rejected: readonly RejectedRecord[];
  /** Tombstones that the verifier holds and the server's snapshot lacks: the server's database went back in time. */
  readonly tombstones?: readonly OfferedTombstone[];
  /** Counts up with each ack of the verifier. */
  readonly sent: number;
}

/** A record that a verifier could not read: where, which, and why. */
export interface RejectedRecord {
  readonly revision: number | null;
  readonly id: string | null;
  readonly reason: string;
}

export interface OfferedTombstone {
  readonly id: TokenId;
  readonly digest: string;
  readonly revision: number;
}

export interface FeedAckAnswer {
  readonly head: string;
  /** Unix milliseconds. */
  readonly serverTime: number;
  readonly staleness: StalenessBounds;
  /**
   * Milliseconds: no verifier should tell of changes more often, but for a few at once after a quiet time. It grows with the
   * number of verifiers, so that their acks leave the server time for its work. Absent: as often as there is something to tell.
   */
  readonly ackEveryMs?: number;
}

/** An ack longer than this in either list is refused; verifiers send the rest with the next one. */
export const MAX_ACK_ENTRIES = 1000;
const MAX_REASON_LENGTH = 300;

export function formatAck(ack: FeedAck): string {
  return JSON.stringify(ack);
}

export function formatAckAnswer(answer: FeedAckAnswer): string {
  return JSON.stringify(answer);
}

/** The body of an ack, or the name of the first field that is wrong. Unknown fields are ignored. Never throws. */
export function parseAck(text: string): { ok: true; ack: FeedAck } | { ok: false; field: string } {
  const fields = parseJsonObject(text);
  if (fields === undefined) return { ok: false, field: 'body' };
  const connection = asLabel(fields.connection, 128);
  if (connection === undefined) return { ok: false, field: 'connection' };
  const applied = fields.applied === null ? null : asCursorText(fields.applied);
  if (applied === undefined) return { ok: false, field: 'applied' };
  const rejected = asList(fields.rejected, asRejected);
  if (rejected === undefined) return { ok: false, field: 'rejected' };
  const sent = asCount(fields.sent);
  if (sent === undefined) return { ok: false, field: 'sent' };
  if (fields.tombstones === undefined) return { ok: true, ack: { connection, applied, rejected, sent } };
  const tombstones = asList(fields.tombstones, asTombstone);
  if (tombstones === undefined) return { ok: false, field: 'tombstones' };
  return { ok: true, ack: { connection, applied, rejected, tombstones, sent } };
}

export function parseAckAnswer(text: string): FeedAckAnswer | undefined {
  const fields = parseJsonObject(text);
  const head = asCursorText(fields?.head);
  const serverTime = asCount(fields?.serverTime);
  const staleness = parseStaleness(fields?.staleness);
  if (head === undefined || serverTime === undefined || staleness === undefined) return undefined;
  const ackEveryMs = asCount(fields?.ackEveryMs);
  return ackEveryMs === undefined
    ? { head, serverTime, staleness }
    : { head, serverTime, staleness, ackEveryMs };
}

function asList<T>(value: unknown, read: (entry: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_ACK_ENTRIES) return undefined;
  const entries: T[] = [];
  for (const element of value) {
    const entry = read(element);
    if (entry === undefined) return undefined;
    entries.push(entry);
  }
  return entries;
}

function asRejected(value: unknown): RejectedRecord | undefined {
  const fields = asObject(value);
  const revision = fields?.revision === null ? null : asCount(fields?.revision);
  const id = fields?.id === null ? null : asLabel(fields?.id, 128);
  const reason = asLabel(fields?.reason, MAX_REASON_LENGTH);
  if (revision === undefined || id === undefined || reason === undefined) return undefined;
  return { revision, id, reason };
}

function asTombstone(value: unknown): OfferedTombstone | undefined {
  const fields = asObject(value);
  const id = typeof fields?.id === 'string' ? parseTokenId(fields.id) : undefined;
  const digest = parseDigest(fields?.digest);
  const revision = asCount(fields?.revision);
  if (id === undefined || digest === undefined || revision === undefined) return undefined;
  return { id, digest, revision };
}
