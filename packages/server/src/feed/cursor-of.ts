import { formatCursor } from '@latchkey/wire/feed';
import type { Head } from '../store/rows.ts';

/** How much of the running SHA-256 a cursor shows. */
const CHAIN_DIGITS = 16;

/** The cursor of a place in history. */
export function cursorOf({ epoch, revision, chain }: Head): string {
  return formatCursor({ epoch, revision, chain: shownChain(chain) });
}

/** The part of a running digest that cursors carry. */
export function shownChain(chain: string): string {
  return chain.slice(0, CHAIN_DIGITS);
}
