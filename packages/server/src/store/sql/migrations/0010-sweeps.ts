import type { Kysely } from 'kysely';

/** Idempotency keys are forgotten by age. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('idempotency_by_time').on('idempotency').column('at').execute();
}
