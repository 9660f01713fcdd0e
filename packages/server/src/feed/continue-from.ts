import { parseCursor } from '@latchkey/wire/feed';
import type { Head } from '../store/rows.ts';
import type { FeedStore } from '../store/store.ts';
import { shownChain } from './cursor-of.ts';

/**
 * The revision from which a stream can go on for this cursor. Undefined where history is no continuation of it: no
 * cursor, an unknown epoch, ahead of the head, another chain, or older than what the log keeps.
 */
export async function continueFrom(
  store: Pick<FeedStore, 'chainAt'>,
  head: Head,
  cursorText: string | undefined,
): Promise<number | undefined> {
  const cursor = cursorText === undefined ? undefined : parseCursor(cursorText);
  if (cursor === undefined || cursor.epoch !== head.epoch || cursor.revision > head.revision)
    return undefined;
  const chain = await store.chainAt(cursor.revision);
  return chain !== undefined && shownChain(chain) === cursor.chain ? cursor.revision : undefined;
}
