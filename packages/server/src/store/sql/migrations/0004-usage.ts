import type { Kysely } from 'kysely';

/** Which requests were decided, and how, as verifiers report it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('usage_series')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull())
    .addColumn('service', 'text', (c) => c.notNull())
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('usage_series_by_account').on('usage_series').column('account').execute();
  await db.schema.createIndex('usage_series_by_token').on('usage_series').column('token').execute();

  await db.schema
    .createTable('usage_counts')
    .addColumn('series', 'text', (c) => c.notNull())
    .addColumn('step', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('count', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_counts_key', ['series', 'step', 'at'])
    .execute();
  await db.schema.createIndex('usage_counts_by_time').on('usage_counts').columns(['step', 'at']).execute();

  await db.schema
    .createTable('usage_sources')
    .addColumn('token', 'text', (c) => c.notNull())
    .addColumn('step', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('service', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('origin', 'text', (c) => c.notNull())
    .addColumn('client', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('count', 'bigint', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('usage_sources_key', [
      'token',
      'step',
      'at',
      'service',
      'kind',
      'origin',
      'client',
      'address',
    ])
    .execute();
  await db.schema
    .createIndex('usage_sources_by_account')
    .on('usage_sources')
    .columns(['account', 'step', 'at'])
    .execute();
  await db.schema.createIndex('usage_sources_by_time').on('usage_sources').columns(['step', 'at']).execute();

  await db.schema
    .createTable('token_uses')
    .addColumn('token', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('service', 'text', (c) => c.notNull())
    .addColumn('origin', 'text', (c) => c.notNull())
    .addColumn('client', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('token_uses_key', ['token', 'kind'])
    .execute();

  await db.schema
    .createTable('usage_reporters')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token', 'text', (c) => c.notNull())
    .addColumn('taken', 'text', (c) => c.notNull())
    .addColumn('reported_until', 'bigint')
    .addColumn('last_sequence', 'bigint')
    .addColumn('reported_at', 'bigint', (c) => c.notNull())
    .addColumn('skew_ms', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('usage_reporters_by_time')
    .on('usage_reporters')
    .column('reported_at')
    .execute();

  await db.schema
    .createTable('usage_refusals')
    .addColumn('request_id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull())
    .addColumn('reporter', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('usage_refusals_by_time').on('usage_refusals').column('at').execute();
}
