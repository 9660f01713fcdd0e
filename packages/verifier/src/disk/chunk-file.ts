import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** A part of a file, and what it is about. */
export interface Chunk {
  readonly kind: number;
  readonly payload: Uint8Array;
}

const MAGIC = Buffer.from('latchkey-replica', 'ascii');
/** Kind and length, little-endian. */
const HEAD_BYTES = 8;
const SUM_BYTES = 32;

/**
 * Writes chunks one after the other. Each carries a SHA-256 over itself and the checksum of the chunk before, so that a
 * chunk that is changed, missing, moved or taken from another file is noticed.
 */
export interface ChunkWriter {
  /** The payload may be changed as soon as the promise is settled, not before. */
  write(chunk: Chunk): Promise<void>;
}

export async function startChunks(file: FileHandle): Promise<ChunkWriter> {
  let sum: Uint8Array = MAGIC;
  await file.writeFile(MAGIC);
  return {
    async write({ kind, payload }) {
      const head = headOf(kind, payload.length);
      sum = checksum(sum, head, payload);
      await file.writeFile(Buffer.concat([head, payload, sum]));
    },
  };
}

/**
 * Reads all chunks of a file, from its start to its end.
 * @param bytes how long the file is
 * @throws Error, with a sentence for people, where it is no such file, or not whole, or not as it was written
 */
export async function* readChunks(file: FileHandle, bytes: number): AsyncGenerator<Chunk, void> {
  let left = bytes;
  const take = async (length: number): Promise<Uint8Array> => {
    if (length > left) throw new Error('the file is cut off');
    left -= length;
    return readExactly(file, length);
  };
  let sum: Uint8Array = await take(MAGIC.length);
  if (!MAGIC.equals(sum)) throw new Error('the file is no copy of a replica');
  while (left > 0) {
    const head = await take(HEAD_BYTES);
    const view = new DataView(head.buffer, head.byteOffset, HEAD_BYTES);
    const [kind, length] = [view.getUint32(0, true), view.getUint32(4, true)];
    const payload = await take(length);
    sum = checksum(sum, head, payload);
    const written = await take(SUM_BYTES);
    if (Buffer.compare(sum, written) !== 0) throw new Error('a part of the file does not fit its checksum');
    yield { kind, payload };
  }
}

function headOf(kind: number, length: number): Uint8Array {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(kind, 0);
  head.writeUInt32LE(length, 4);
  return head;
}

function checksum(before: Uint8Array, head: Uint8Array, payload: Uint8Array): Uint8Array {
  return createHash('sha256').update(before).update(head).update(payload).digest();
}

async function readExactly(file: FileHandle, length: number): Promise<Uint8Array> {
  // Not from a pool: what is read may live as long as the process.
  const buffer = new Uint8Array(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await file.read(buffer, filled, length - filled);
    if (bytesRead === 0) throw new Error('the file is cut off');
    filled += bytesRead;
  }
  return buffer;
}
