import type { TokenId } from '@latchkey/core';
import { contains } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';
import { grantOfRow } from './grant-of-row.ts';

/**
 * The temporary descendants that have to fall when `ancestor` is narrowed: those that it no longer contains, and
 * whatever those have made, because a temporary token dies with its creator.
 */
export function outgrown(ancestor: TokenRow, descendants: readonly TokenRow[]): readonly TokenRow[] {
  const grant = grantOfRow(ancestor);
  const falls = new Set<TokenId>();
  for (const row of descendants) if (!contains(grant, grantOfRow(row)).contained) falls.add(row.id);
  for (let before = -1; before !== falls.size; ) {
    before = falls.size;
    for (const { id, parent } of descendants) if (parent !== null && falls.has(parent)) falls.add(id);
  }
  return descendants.filter(({ id }) => falls.has(id));
}
