import type { Kysely } from 'kysely';
import type { UsageStore, UseRow } from '../../usage-store.ts';
import type { Schema, TokenUseColumns } from '../schema.ts';
import { sumRows } from './sum-rows.ts';
import { usageStatements } from './usage-statements.ts';

/** See {@link UsageStore.noteUses}. */
export function usesWriter(writer: Kysely<Schema>): UsageStore['noteUses'] {
  const { noteUses } = usageStatements(writer);
  return async (uses) => {
    if (uses.length === 0) return;
    await writer.transaction().execute((transaction) => noteUses(transaction, newestUses(uses)));
  };
}

/** Of each token and kind the newest. */
export function newestUses(uses: readonly UseRow[]): readonly TokenUseColumns[] {
  return sumRows(
    uses,
    ({ token, kind }) => `${token} ${kind}`,
    (one, other) => (one.at < other.at ? other : one),
  );
}
