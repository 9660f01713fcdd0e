import { formatChange, formatSse, parseRecord } from '@latchkey/wire/feed';
import type { ChangeRow } from '../store/rows.ts';
import { cursorOf } from './cursor-of.ts';

/** A change serialised and framed once, for all streams. */
export interface FramedChange {
  readonly revision: number;
  readonly chain: string;
  readonly bytes: Buffer;
  /** Whose streams end with the change. */
  readonly ends: EndedHolder | undefined;
}

/**
 * Streams opened with this token, which was judged as it is no more, or by this account. `mayReturn`: it may open another
 * one, if what the change made of it still admits it.
 */
export type EndedHolder =
  | { readonly token: string; readonly mayReturn: boolean }
  | { readonly account: string; readonly mayReturn: false };

const SYNC_SCOPE = 'verifiers:sync';

export function frameChange(row: ChangeRow, epoch: string): FramedChange {
  const { revision, at, chain } = row;
  const cursor = cursorOf({ epoch, revision, chain });
  const text = formatSse('change', formatChange({ revision, at, recordJson: row.record }), cursor);
  return { revision, chain, bytes: Buffer.from(text), ends: endedHolder(row.record) };
}

/** Changes in pieces of at most `maxBytes` each; one that is larger by itself is a piece of its own. */
export function inPieces(changes: readonly FramedChange[], maxBytes: number): FramedChange[][] {
  const pieces: FramedChange[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const change of changes) {
    if (bytes + change.bytes.length > maxBytes) {
      pieces.push([]);
      bytes = 0;
    }
    pieces.at(-1)?.push(change);
    bytes += change.bytes.length;
  }
  return pieces;
}

export function joinFrames(changes: readonly FramedChange[]): Buffer {
  return Buffer.concat(changes.map(({ bytes }) => bytes));
}

function endedHolder(recordJson: string): EndedHolder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(recordJson);
  } catch {
    return undefined;
  }
  const parsed = parseRecord(value);
  // Verifiers deny a token whose record they cannot read, and so do we.
  if (!parsed.ok) return parsed.id === undefined ? undefined : { token: parsed.id, mayReturn: false };
  const { record } = parsed;
  if ('kind' in record) {
    return record.status === 'suspended' ? { account: record.account, mayReturn: false } : undefined;
  }
  const mayReturn = record.status === 'active' && record.scopes.some((scope) => scope === SYNC_SCOPE);
  return { token: record.id, mayReturn };
}
