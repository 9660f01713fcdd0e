import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { SnapshotEnd } from '@latchkey/wire/feed';
import { createLineReader, createSnapshotParser } from '@latchkey/wire/feed';
import type { Stage } from '../replica/stage.ts';
import type { Rejections } from './rejections.ts';
import { idOf, unknownKindIn } from './unsupported-in.ts';

/** Takes the bytes of a snapshot into a stage, and tells in the end whether it came whole. */
export interface SnapshotReader {
  push(chunk: Uint8Array): void;
  /** The end line; or why the snapshot must not be used. */
  finish(): { readonly ok: true; readonly end: SnapshotEnd } | { readonly ok: false; readonly why: string };
}

const MAX_LINE_BYTES = 1024 * 1024;
const LF = 0x0a;

/** Records that cannot be read are denied by name where they have one; where not they are skipped; all are reported. */
export function createSnapshotReader(stage: Stage, rejections: Rejections): SnapshotReader {
  const hash: Hash = createHash('sha256');
  const parseLine = createSnapshotParser();
  let end: SnapshotEnd | undefined;
  let isAfterEnd = false;
  let position = 0;

  function reject(id: string | null, reason: string): void {
    rejections.add({ revision: null, id, reason: `snapshot line ${position}: ${reason}` });
  }

  const lines = createLineReader(MAX_LINE_BYTES, {
    onLine(text) {
      if (end !== undefined) {
        isAfterEnd = true;
        return;
      }
      position++;
      const line = parseLine(text);
      if (line.kind === 'end') {
        end = line.end;
        return;
      }
      const taken = stage.take(line.record);
      if (taken.kind !== 'applied') reject(taken.kind === 'denied' ? (taken.id ?? null) : null, taken.reason);
      else {
        const reason = unknownKindIn(line.record);
        if (reason !== undefined) reject(idOf(line.record), reason);
      }
    },
    onBytes(bytes) {
      // The end line is not in its own checksum, and the last one that counts.
      hash.update(end === undefined ? bytes : bytes.subarray(0, bytes.lastIndexOf(LF, -2) + 1));
    },
    onLongLine() {
      position++;
      stage.take(TOO_LONG);
      reject(null, TOO_LONG.reason);
    },
  });

  return {
    push: (chunk) => lines.push(chunk),
    finish() {
      if (end === undefined) return { ok: false, why: 'the snapshot was cut off' };
      if (isAfterEnd) return { ok: false, why: 'the snapshot goes on after its end' };
      if (end.records !== stage.records) return { ok: false, why: 'the snapshot lacks records' };
      if (end.sha256 !== hash.digest('hex'))
        return { ok: false, why: 'the snapshot does not fit its SHA-256' };
      return { ok: true, end };
    },
  };
}

const TOO_LONG = {
  ok: false,
  reason: 'the line is too long',
  id: undefined,
  digest: undefined,
  account: undefined,
  revision: undefined,
} as const;
