import type { Kysely } from 'kysely';

/** Failed tries about somebody and about nobody are kept alike; sessions note what they revoke one by one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('guesses_swept').execute();
  await db.schema.alterTable('guesses').dropColumn('kept').execute();
  await db.schema.createIndex('guesses_last').on('guesses').column('last_at').execute();
  await db.schema.createIndex('guesses_fewest').on('guesses').columns(['failures', 'last_at']).execute();
  await db.schema
    .alterTable('sessions')
    .addColumn('lone_revocations', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
}
