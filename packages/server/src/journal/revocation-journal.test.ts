import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Tombstone } from '../store/rows.ts';
import { tokenId } from '../store/testing/sample-rows.ts';
import { formatJournalLine, parseJournalLine } from './journal-line.ts';
import { openRevocationJournal } from './revocation-journal.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-journal-'));
  file = join(folder, 'elsewhere', 'revocations.journal');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const tombstone = (number: number): Tombstone => ({
  id: tokenId(number),
  digest: String(number).padEnd(43, 'd'),
});

async function append(...tombstones: Tombstone[]): Promise<void> {
  const journal = await openRevocationJournal(file);
  await journal.record(tombstones);
  await journal.close();
}

async function read(): Promise<{ entries: Tombstone[]; damaged: number }> {
  const journal = await openRevocationJournal(file);
  const entries: Tombstone[] = [];
  let damaged = 0;
  for await (const entry of journal.entries(() => damaged++)) entries.push(entry);
  await journal.close();
  return { entries, damaged };
}

describe('the revocation journal', () => {
  test('holds what was recorded, in order, over any number of openings, for its owner only', async () => {
    await append(tombstone(1), tombstone(2));
    await append(tombstone(3));
    expect(await read()).toEqual({ entries: [tombstone(1), tombstone(2), tombstone(3)], damaged: 0 });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('loses only its last line when it is cut at any byte, and goes on behind it', async () => {
    const lines = [1, 2].map((number) => formatJournalLine(tombstone(number)));
    const whole = lines.join('');
    for (let length = 0; length <= whole.length; length += 1) {
      await append();
      await writeFile(file, whole);
      await truncate(file, length);
      await append(tombstone(3));
      const kept = length >= whole.length - 1 ? 2 : length >= (lines[0]?.length ?? 0) - 1 ? 1 : 0;
      const expected = [...[1, 2].slice(0, kept), 3].map(tombstone);
      expect((await read()).entries, `cut at ${length}`).toEqual(expected);
    }
  });

  test('passes over a line that was changed, and tells of it', async () => {
    await append(tombstone(1), tombstone(2), tombstone(3));
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(tokenId(2), tokenId(7)));
    await appendFile(file, '\0\0\0\n');
    expect(await read()).toEqual({ entries: [tombstone(1), tombstone(3)], damaged: 2 });
  });

  test.runIf(existsSync('/dev/full'))('rejects what a full disk does not take', async () => {
    const journal = await openRevocationJournal('/dev/full');
    await expect(journal.record([tombstone(1)])).rejects.toThrow('ENOSPC');
    await journal.close();
  });

  test('records of one moment reach the disk together, each before it is resolved', async () => {
    const journal = await openRevocationJournal(file);
    const numbers = Array.from({ length: 50 }, (_, number) => number);
    await Promise.all(
      numbers.map(async (number) => {
        await journal.record([tombstone(number)]);
        expect(await readFile(file, 'utf8')).toContain(formatJournalLine(tombstone(number)));
      }),
    );
    await journal.close();
    expect((await read()).entries).toHaveLength(50);
  });
});

test('a line with any of its characters changed is none', () => {
  const line = formatJournalLine(tombstone(1)).trimEnd();
  expect(parseJournalLine(line)).toEqual(tombstone(1));
  for (let at = 0; at < line.length; at += 1) {
    const other = line[at] === '1' ? '2' : '1';
    expect(parseJournalLine(line.slice(0, at) + other + line.slice(at + 1))).toBeUndefined();
  }
});
