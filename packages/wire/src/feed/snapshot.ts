import { asCount, asLabel, asObject } from './json-fields.ts';
import { asCursorText } from './parse-event.ts';
import type { ParsedRecord, UnreadableRecord } from './parse-record.ts';
import { parseRecord } from './parse-record.ts';

/**
 * The last line of a snapshot: `{"kind":"end", …}`. A snapshot without it was cut off. `revision` is the number inside
 * the cursor, told apart because the cursor itself is opaque to verifiers.
 */
export interface SnapshotEnd {
  /** Where the stream goes on after this snapshot. */
  readonly cursor: string;
  readonly epoch: string;
  readonly revision: number;
  /** How many records went before. */
  readonly records: number;
  /** SHA-256, in hex, of all bytes before this line, line ends included. */
  readonly sha256: string;
}

export type SnapshotLine =
  | { readonly kind: 'record'; readonly record: ParsedRecord }
  | { readonly kind: 'end'; readonly end: SnapshotEnd };

const SHA256_HEX = /^[0-9a-f]{64}$/;
const NOT_JSON: UnreadableRecord = {
  ok: false,
  reason: 'the line is not JSON',
  id: undefined,
  digest: undefined,
  account: undefined,
  revision: undefined,
};

export function formatSnapshotEnd({ cursor, epoch, revision, records, sha256 }: SnapshotEnd): string {
  return JSON.stringify({ kind: 'end', cursor, epoch, revision, records, sha256 });
}

/** One line of a snapshot, without its line end. A line that is no right `end` is a record, if a broken one. */
export function parseSnapshotLine(text: string): SnapshotLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'record', record: NOT_JSON };
  }
  const fields = asObject(value);
  if (fields?.kind !== 'end') return { kind: 'record', record: parseRecord(value) };
  const cursor = asCursorText(fields.cursor);
  const epoch = asLabel(fields.epoch, 128);
  const revision = asCount(fields.revision);
  const records = asCount(fields.records);
  const { sha256 } = fields;
  if (cursor === undefined || epoch === undefined || revision === undefined || records === undefined) {
    return { kind: 'record', record: { ...NOT_JSON, reason: 'the end line is not whole' } };
  }
  if (typeof sha256 !== 'string' || !SHA256_HEX.test(sha256)) {
    return { kind: 'record', record: { ...NOT_JSON, reason: 'the end line has no SHA-256' } };
  }
  return { kind: 'end', end: { cursor, epoch, revision, records, sha256 } };
}
