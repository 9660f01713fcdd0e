import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { StalenessBounds } from '@latchkey/wire/feed';
import { parseChange, parseStaleness } from '@latchkey/wire/feed';
import type { NotedChange, Position } from '../feed/position.ts';
import type { Replica } from '../replica/replica.ts';

/** All changes noted before it were all that there were. */
export interface Mark {
  /** Unix milliseconds, by the wall clock. */
  readonly completeAt: number;
  readonly staleness: StalenessBounds;
}

/**
 * What was applied since a copy was begun, in a file beside it: a line for each change, written before the change is acknowledged, so
 * that a verifier that is killed goes on from no older state than it acknowledged. A line that is torn or changed ends the file.
 */
export interface ChangeLog {
  note(change: NotedChange): void;
  mark(mark: Mark): void;
  /** Writes what is noted. Rejects with the system's error, then and from then on: the file is not to be trusted. */
  flush(options?: { readonly durably: boolean }): Promise<void>;
  /** Bytes of the file, with what is still to be written. */
  readonly size: number;
  close(): Promise<void>;
}

const FORMAT = 1;
const SUM_LENGTH = 16;

/**
 * @param file its path, asked for when something is written for the first time
 * @param rightBytes how much of the file is kept, see {@link replayChanges}; 0: it begins anew
 */
export function createChangeLog(file: () => string, epoch: string, rightBytes = 0): ChangeLog {
  let handle: FileHandle | undefined;
  let size = rightBytes;
  let waiting = rightBytes === 0 ? headLine(epoch) : '';
  let last: Promise<void> = Promise.resolve();
  let broken: unknown;

  /** One after the other, whatever became of the one before. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.catch(() => undefined).then(work);
    return last;
  }

  async function write(durably: boolean): Promise<void> {
    if (broken !== undefined) throw broken;
    try {
      await append(durably);
    } catch (error) {
      broken = error;
      throw error;
    }
  }

  async function append(durably: boolean): Promise<void> {
    if (handle === undefined) {
      handle = await open(file(), 'a', 0o600);
      await handle.truncate(rightBytes);
    }
    const text = waiting;
    waiting = '';
    if (text !== '') await handle.appendFile(text);
    size += Buffer.byteLength(text);
    if (durably) await handle.datasync();
  }

  return {
    note({ cursor, revision, data }) {
      waiting += formatLine(['change', revision, cursor, data]);
    },
    mark({ completeAt, staleness }) {
      waiting += formatLine(['mark', completeAt, staleness]);
    },
    flush: ({ durably } = { durably: false }) => inTurn(() => write(durably)),
    get size() {
      return size + waiting.length;
    },
    close: () =>
      inTurn(async () => {
        await handle?.close();
        handle = undefined;
      }),
  };
}

function headLine(epoch: string): string {
  return formatLine(['log', FORMAT, epoch]);
}

/**
 * Applies what a log holds to the replica that a copy was read into, as far as it follows it without a gap. `rightBytes`: how much
 * of the file is to be kept.
 * @param from where the copy stands
 */
export async function replayChanges(
  file: string,
  replica: Replica,
  from: Position,
): Promise<{ readonly position: Position; readonly mark: Mark | undefined; readonly rightBytes: number }> {
  let position = from;
  let mark: Mark | undefined;
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  let isOurs = false;
  let rightBytes = 0;
  for (const line of text.split('\n')) {
    const entry = parseLine(line);
    if (entry === undefined) break;
    const [kind, ...rest] = entry;
    if (kind === 'log') isOurs = rest[0] === FORMAT && rest[1] === replica.epoch;
    if (!isOurs) break;
    if (kind === 'mark') mark = markOf(rest) ?? mark;
    if (kind === 'change') {
      const [revision, cursor, data] = rest;
      if (typeof revision !== 'number' || typeof cursor !== 'string' || typeof data !== 'string') break;
      if (revision > position.revision + 1) break;
      if (revision === position.revision + 1) {
        // Not at once, which `take` would do: the host has its own work.
        for (const _ of replica.settle()) await setImmediate();
        replica.take(parseChange(data).record, revision);
        position = { cursor, revision };
      }
    }
    rightBytes += Buffer.byteLength(line) + 1;
  }
  return { position, mark, rightBytes };
}

function markOf([completeAt, bounds]: readonly unknown[]): Mark | undefined {
  const staleness = parseStaleness(bounds);
  return typeof completeAt === 'number' && staleness !== undefined ? { completeAt, staleness } : undefined;
}

function formatLine(entry: readonly unknown[]): string {
  const text = JSON.stringify(entry);
  return `${sumOf(text)} ${text}\n`;
}

function parseLine(line: string): readonly unknown[] | undefined {
  const text = line.slice(SUM_LENGTH + 1);
  if (line.slice(0, SUM_LENGTH) !== sumOf(text) || line[SUM_LENGTH] !== ' ') return undefined;
  const entry: unknown = JSON.parse(text);
  return Array.isArray(entry) ? entry : undefined;
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, SUM_LENGTH);
}
