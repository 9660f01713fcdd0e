import type { TokenId } from '@latchkey/core';
import { longestBound } from '@latchkey/wire/feed';
import type { Kysely } from 'kysely';
import type { VerifierRow } from '../rows.ts';
import type { VerifierStore } from '../store.ts';
import type { SqlEngine } from './engine.ts';
import type { Schema, VerifierColumns } from './schema.ts';

export function verifierTable({ reader, writer }: SqlEngine): VerifierStore {
  return {
    async verifier(id) {
      const columns = await reader
        .selectFrom('verifiers')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return columns && verifierOf(columns);
    },
    async verifiers() {
      return (await reader.selectFrom('verifiers').selectAll().orderBy('id').execute()).map(verifierOf);
    },
    async saveVerifiers(rows) {
      if (rows.length === 0) return;
      await writer.transaction().execute(async (transaction) => {
        for (const row of rows) await save(transaction, verifierColumns(row));
      });
    },
    async forgetVerifiers(before) {
      const { numDeletedRows } = await writer
        .deleteFrom('verifiers')
        .where('serves_until', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

async function save(db: Kysely<Schema>, columns: VerifierColumns): Promise<void> {
  const { id: _id, ...rest } = columns;
  await db
    .insertInto('verifiers')
    .values(columns)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
    .execute();
}

function verifierColumns(row: VerifierRow): VerifierColumns {
  const { staleness, ackedBefore, former } = row;
  const ends = [{ staleness, ackedBefore }, ...(former === null ? [] : [former])].map(
    (told) => told.ackedBefore + longestBound(told.staleness) * 1000,
  );
  return {
    id: row.id,
    token: row.token,
    name: row.name,
    version: row.version,
    process: row.process,
    former_processes: JSON.stringify(row.formerProcesses),
    connected: row.isConnected ? 1 : 0,
    connected_at: row.connectedAt,
    acked_at: row.ackedAt,
    acked_before: ackedBefore,
    epoch: row.epoch,
    applied: JSON.stringify(row.applied),
    staleness: JSON.stringify(staleness),
    former: former === null ? null : JSON.stringify(former),
    rejected: JSON.stringify(row.rejected),
    serves_until: Math.max(...ends),
  };
}

function verifierOf(columns: VerifierColumns): VerifierRow {
  return {
    id: columns.id,
    // Only this file writes the table, from rows of the same types.
    token: columns.token as TokenId,
    name: columns.name,
    version: columns.version,
    process: columns.process,
    formerProcesses: JSON.parse(columns.former_processes),
    isConnected: columns.connected === 1,
    connectedAt: columns.connected_at,
    ackedAt: columns.acked_at,
    ackedBefore: columns.acked_before,
    epoch: columns.epoch,
    applied: JSON.parse(columns.applied),
    staleness: JSON.parse(columns.staleness),
    former: columns.former === null ? null : JSON.parse(columns.former),
    rejected: JSON.parse(columns.rejected),
  };
}
