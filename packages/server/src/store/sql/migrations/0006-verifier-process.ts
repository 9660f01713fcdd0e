import type { Kysely } from 'kysely';

/** Which process of a verifier is connected, so that a copy of it is not taken for itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('verifiers').addColumn('process', 'text').execute();
  await db.schema
    .alterTable('verifiers')
    .addColumn('former_processes', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
}
