import type { Kysely } from 'kysely';

/** What verifiers have applied, and the alarms after which a new epoch began. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('verifiers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token', 'text', (c) => c.notNull())
    .addColumn('name', 'text')
    .addColumn('version', 'text')
    .addColumn('connected', 'integer', (c) => c.notNull())
    .addColumn('connected_at', 'bigint', (c) => c.notNull())
    .addColumn('acked_at', 'bigint')
    .addColumn('acked_before', 'bigint', (c) => c.notNull())
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('applied', 'text', (c) => c.notNull())
    .addColumn('staleness', 'text', (c) => c.notNull())
    .addColumn('rejected', 'text', (c) => c.notNull())
    .addColumn('serves_until', 'bigint', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('alarms')
    .addColumn('epoch', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('revived', 'bigint', (c) => c.notNull())
    .execute();
}
