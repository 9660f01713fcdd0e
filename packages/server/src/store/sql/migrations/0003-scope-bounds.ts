import { type Kysely, sql } from 'kysely';

/** Whether a token has had other scopes than it has, and the bounds that a verifier was told before those in force. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('tokens')
    .addColumn('scopes_fixed', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update tokens set scopes_fixed = 1 where modified_at = created_at`.execute(db);
  await db.schema.alterTable('verifiers').addColumn('former', 'text').execute();
}
