import { type Kysely, sql } from 'kysely';

/** Accounts, tokens, the change log that verifiers follow, the audit log, and where the installation stands. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('accounts')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('allowance', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('modified_at', 'bigint', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .execute();
  await sql`create unique index accounts_operator on accounts (kind) where kind = 'operator'`.execute(db);
  await sql`create index accounts_suspended on accounts (name) where status = 'suspended'`.execute(db);

  await db.schema
    .createTable('tokens')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account', 'text', (c) => c.notNull().references('accounts.name'))
    .addColumn('usage', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull().unique())
    .addColumn('text', 'text')
    .addColumn('note', 'text')
    .addColumn('note_folded', 'text')
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('restrictions', 'text', (c) => c.notNull())
    .addColumn('expires', 'bigint')
    .addColumn('parent', 'text')
    .addColumn('replaces', 'text')
    .addColumn('is_default', 'integer', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('modified_at', 'bigint', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .addColumn('revision', 'bigint', (c) => c.notNull())
    // Only public tokens may be shown again, so only their text may ever be on disk.
    .addCheckConstraint('tokens_text_public', sql`(text is null) = (usage <> 'pk')`)
    .addCheckConstraint('tokens_default_public', sql`is_default = 0 or (usage = 'pk' and status = 'active')`)
    .execute();
  await db.schema
    .createIndex('tokens_by_created')
    .on('tokens')
    .columns(['account', 'status', 'usage', 'created_at', 'id'])
    .execute();
  await db.schema
    .createIndex('tokens_by_modified')
    .on('tokens')
    .columns(['account', 'status', 'usage', 'modified_at', 'id'])
    .execute();
  await sql`create unique index tokens_default on tokens (account) where is_default = 1`.execute(db);
  await sql`create index tokens_by_parent on tokens (parent, expires) where parent is not null`.execute(db);
  await sql`create index tokens_temporary on tokens (expires) where usage = 'tk'`.execute(db);

  await db.schema
    .createTable('changes')
    .addColumn('revision', 'bigint', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .addColumn('chain', 'text', (c) => c.notNull())
    .addColumn('token', 'text')
    .addColumn('account', 'text')
    .execute();

  await db.schema
    .createTable('audit')
    .addColumn('sequence', 'bigint', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('request_id', 'text', (c) => c.notNull())
    .addColumn('moved_from', 'bigint')
    .execute();
  await db.schema.createIndex('audit_by_account').on('audit').columns(['account', 'sequence']).execute();
  await db.schema.createIndex('audit_by_subject').on('audit').columns(['subject', 'sequence']).execute();
  await db.schema.createIndex('audit_by_action').on('audit').columns(['action', 'sequence']).execute();

  await db.schema
    .createTable('idempotency')
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('idempotency_key', ['account', 'key'])
    .execute();
  await db.schema.createIndex('idempotency_by_token').on('idempotency').column('token').execute();

  await db.schema
    .createTable('head')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addColumn('chain', 'text', (c) => c.notNull())
    .addColumn('sequence', 'bigint', (c) => c.notNull())
    .addCheckConstraint('head_one_row', sql`id = 1`)
    .execute();
}
