import { parseCursor } from '@latchkey/wire/feed';
import type { Head } from '../store/rows.ts';
import type { FeedStore } from '../store/store.ts';
import { shownChain } from './cursor-of.ts';

/**
 * The revision from which a stream can go on for this cursor. `resync`: it names no place of this history (none, an
 * unknown epoch, older than what the log keeps). `diverged`: it is ahead of this history or has another chain, so it
 * proves that the database went back in time.
 */
export async function continueFrom(
  store: Pick<FeedStore, 'chainAt'>,
  head: Head,
  cursorText: string | undefined,
): Promise<number | 'resync' | 'diverged'> {
  const cursor = cursorText === undefined ? undefined : parseCursor(cursorText);
  if (cursor === undefined || cursor.epoch !== head.epoch) return 'resync';
  if (cursor.revision > head.revision) return 'diverged';
  const chain = await store.chainAt(cursor.revision);
  if (chain === undefined) return 'resync';
  return shownChain(chain) === cursor.chain ? cursor.revision : 'diverged';
}
