import { type Kysely, sql } from 'kysely';

/** Which token replaces which, and when the old one is retired. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rotations')
    .addColumn('token', 'text', (c) => c.primaryKey().references('tokens.id'))
    .addColumn('successor', 'text', (c) => c.notNull().unique().references('tokens.id'))
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('quiet_ms', 'bigint')
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('waits_for', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  await sql`create index rotations_due on rotations (due_at) where ended_at is null`.execute(db);
}
