import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { endianness } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { RECORD_WORDS, SEGMENT_RECORDS } from '../replica/record-store.ts';
import type { Replica } from '../replica/replica.ts';
import type { ChunkWriter } from './chunk-file.ts';
import { startChunks } from './chunk-file.ts';
import type { CopyHead, CopyNames, CopyTexts } from './copy-format.ts';
import { FORMAT, formatJson, KIND, SHARED_TEXTS } from './copy-format.ts';

/** Texts of one chunk: few enough to be put into JSON without a pause that a request would notice. */
const TEXTS_AT_ONCE = 4096;

/**
 * Writes a replica to a file, in the place of the one that is there: whole or not at all, even where the machine stops in
 * between. Decisions and changes go on meanwhile, so records may be newer than the head says, never older; the
 * stream then brings those changes again, and they are of no effect.
 * @param temporary where it is written first; in the same folder
 * @throws Error where the file cannot be written, or a snapshot was put in place meanwhile
 */
export async function saveCopy(
  replica: Replica,
  head: CopyHead,
  where: {
    readonly file: string;
    readonly temporary: string;
    /** What has to be on disk before the copy is; where it rejects, there is no copy. */
    readonly beforeRename?: () => Promise<void>;
  },
): Promise<void> {
  // The head is of this moment, whatever happens while the file is opened.
  const { replacements } = replica;
  const { shared } = replica.table.records;
  const folder = path.dirname(where.file);
  await mkdir(folder, { recursive: true });
  const file = await open(where.temporary, 'w', 0o600);
  const interned = SHARED_TEXTS.map((table) => shared[table]);
  for (const texts of interned) texts.isFrozen = true;
  try {
    try {
      await writeAll(file, replica, head, () => {
        if (replica.replacements !== replacements)
          throw new Error('a snapshot came while the copy was written');
      });
      await file.sync();
    } finally {
      for (const texts of interned) texts.isFrozen = false;
      await file.close();
    }
    await where.beforeRename?.();
    await rename(where.temporary, where.file);
    await syncFolder(folder);
  } catch (error) {
    await rm(where.temporary, { force: true });
    throw error;
  }
}

/** @param check throws where the replica is no longer the one that the head is of */
async function writeAll(
  file: FileHandle,
  replica: Replica,
  head: CopyHead,
  check: () => void,
): Promise<void> {
  const { store } = replica.table.records;
  const chunks = await startChunks(file);
  await chunks.write({
    kind: KIND.head,
    payload: formatJson({ format: FORMAT, byteOrder: endianness(), ...head }),
  });
  for (let number = 0; number < store.segments.length; number++) {
    const used = Math.min(store.used - number * SEGMENT_RECORDS, SEGMENT_RECORDS);
    // At once, so that no record is cut in two by a change.
    const copy = store.segments[number]?.slice(0, used * RECORD_WORDS);
    if (copy === undefined) break;
    await chunks.write({ kind: KIND.records, payload: new Uint8Array(copy.buffer) });
    check();
  }
  await writeShared(chunks, replica);
  check();
  await chunks.write({ kind: KIND.end, payload: new Uint8Array(0) });
}

/** After the records, so that whatever one of them names is there. */
async function writeShared(chunks: ChunkWriter, { table }: Replica): Promise<void> {
  const { shared } = table.records;
  for (const name of SHARED_TEXTS) {
    const all = shared[name].texts();
    for (let from = 1; from < all.length; from += TEXTS_AT_ONCE) {
      const texts = Array.from(all.slice(from, from + TEXTS_AT_ONCE), (text) => text ?? null);
      await chunks.write({
        kind: KIND.texts,
        payload: formatJson({ table: name, from, texts } satisfies CopyTexts),
      });
      await setImmediate();
    }
  }
  const names: CopyNames = {
    accounts: shared.accounts.names(),
    told: Array.from(shared.accounts.told, ([name, { suspended, revision }]) => [name, suspended, revision]),
    deniedIds: Array.from(table.deniedIds, ([id, revision]) => [
      id,
      Number.isFinite(revision) ? revision : null,
    ]),
  };
  await chunks.write({ kind: KIND.names, payload: formatJson(names) });
}

/** Without it the new name may be lost with the power. Windows cannot open folders, and keeps names by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
