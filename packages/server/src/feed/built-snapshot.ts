import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import { formatSnapshotEnd } from '@latchkey/wire/feed';
import type { Head } from '../store/rows.ts';
import type { FeedStore } from '../store/store.ts';
import { cursorOf } from './cursor-of.ts';

/** A snapshot as it goes over the wire, compressed once for all readers. */
export interface BuiltSnapshot {
  readonly head: Head;
  readonly records: number;
  /** Gzip of the NDJSON. */
  readonly chunks: readonly Uint8Array[];
}

const BATCH_CHARACTERS = 64 * 1024;
/** The fastest level: a snapshot is read a few times, and waited for each time. */
const GZIP_LEVEL = 1;

/** Reads the whole state once. Rejects with the store's error. */
export async function buildSnapshot(store: Pick<FeedStore, 'snapshot'>): Promise<BuiltSnapshot> {
  const { head, records: lines } = await store.snapshot();
  const gzip = createGzip({ level: GZIP_LEVEL });
  const chunks: Uint8Array[] = [];
  gzip.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const finished = once(gzip, 'end');

  const hash = createHash('sha256');
  let records = 0;
  let batch = '';
  const flush = async (): Promise<void> => {
    hash.update(batch);
    const hasRoom = gzip.write(batch);
    batch = '';
    if (!hasRoom) await once(gzip, 'drain');
  };
  for await (const line of lines) {
    batch += `${line}\n`;
    records++;
    if (batch.length > BATCH_CHARACTERS) await flush();
  }
  await flush();
  const sha256 = hash.digest('hex');
  const cursor = cursorOf(head);
  gzip.end(`${formatSnapshotEnd({ cursor, epoch: head.epoch, revision: head.revision, records, sha256 })}\n`);
  await finished;
  return { head, records, chunks };
}
