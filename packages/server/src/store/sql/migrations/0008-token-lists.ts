import { type Kysely, sql } from 'kysely';

/** Lists of tokens by name and by last use. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('token_uses')
    .addColumn('account', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await sql`update token_uses set account = coalesce((select account from tokens where id = token_uses.token), '')`.execute(
    db,
  );
  await db.schema
    .createIndex('token_uses_by_account')
    .on('token_uses')
    .columns(['account', 'kind', 'at', 'token'])
    .execute();
  await db.schema
    .createIndex('tokens_by_note')
    .on('tokens')
    .columns(['account', 'status', 'usage', 'note_folded', 'id'])
    .execute();
}
