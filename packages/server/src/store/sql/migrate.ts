import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { CHAIN_BEGINNING } from './chain.ts';
import { up as first } from './migrations/0001-first.ts';
import { up as receipts } from './migrations/0002-receipts.ts';
import { up as scopeBounds } from './migrations/0003-scope-bounds.ts';
import { up as usage } from './migrations/0004-usage.ts';
import { up as rotations } from './migrations/0005-rotations.ts';
import { up as verifierProcess } from './migrations/0006-verifier-process.ts';
import { up as people } from './migrations/0007-people.ts';
import { up as tokenLists } from './migrations/0008-token-lists.ts';
import { up as alikeGuesses } from './migrations/0009-alike-guesses.ts';
import { up as sweeps } from './migrations/0010-sweeps.ts';
import { up as mails } from './migrations/0011-mails.ts';
import type { Schema } from './schema.ts';

/** In order, for ever: a migration that was released is never edited, and there is no way back. */
const MIGRATIONS = {
  '0001-first': { up: first },
  '0002-receipts': { up: receipts },
  '0003-scope-bounds': { up: scopeBounds },
  '0004-usage': { up: usage },
  '0005-rotations': { up: rotations },
  '0006-verifier-process': { up: verifierProcess },
  '0007-people': { up: people },
  '0008-token-lists': { up: tokenLists },
  '0009-alike-guesses': { up: alikeGuesses },
  '0010-sweeps': { up: sweeps },
  '0011-mails': { up: mails },
};

/**
 * Brings the tables up to date and gives a new installation its first epoch.
 * @throws Error when the database was made by a newer Latchkey, or a migration fails (it is then undone)
 */
export async function migrate(db: Kysely<Schema>, epoch: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  await refuseNewer(db);
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('the database could not be brought up to date', { cause: error });
  await db
    .insertInto('head')
    .values({ id: 1, epoch, revision: 0, chain: CHAIN_BEGINNING, sequence: 0 })
    .onConflict((c) => c.column('id').doNothing())
    .execute();
}

async function refuseNewer(db: Kysely<Schema>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return;
  const applied = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  const unknown = applied.filter(({ name }) => !(name in MIGRATIONS));
  if (unknown.length > 0) {
    const names = unknown.map(({ name }) => name).join(', ');
    throw new Error(
      `the database was made by a newer Latchkey (it has ${names}); start that version or a newer one`,
    );
  }
}
