import type { Kysely } from 'kysely';
import type { PersonStore, Proved } from '../../people-store.ts';
import type { SqlEngine } from '../engine.ts';
import type { Schema } from '../schema.ts';
import { personColumns, personOf } from './people-codec.ts';
import type { PersonColumns } from './people-schema.ts';

export function personTable({ reader, writer }: SqlEngine): PersonStore {
  return {
    async person(id) {
      const row = await reader.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
      return row && personOf(row);
    },
    async personByEmail(email) {
      const row = await reader.selectFrom('people').selectAll().where('email', '=', email).executeTakeFirst();
      return row && personOf(row);
    },
    async updatePerson(id, { name, language, emailVerifiedAt }, at) {
      await writer
        .updateTable('people')
        .set({
          modified_at: at,
          ...(name === undefined ? {} : { name }),
          ...(language === undefined ? {} : { language }),
          ...(emailVerifiedAt === undefined ? {} : { email_verified_at: emailVerifiedAt }),
        })
        .where('id', '=', id)
        .execute();
    },
    setPassword({ person, session }, { passwordHash, emailVerifiedAt, passwordProof }, at) {
      return writer.transaction().execute(async (transaction) => {
        const to = { password_hash: passwordHash, email_verified_at: emailVerifiedAt, modified_at: at };
        if (!(await updateProved(transaction, { person, session }, to))) return false;
        const sessions = transaction.deleteFrom('sessions').where('person', '=', person.id);
        await (session === null ? sessions : sessions.where('id', '!=', session)).execute();
        if (session !== null) {
          await transaction
            .updateTable('sessions')
            .set({ password_proof: passwordProof })
            .where('id', '=', session)
            .execute();
        }
        await transaction
          .deleteFrom('links')
          .where('purpose', '=', 'reset')
          .where('person', '=', person.id)
          .execute();
        return true;
      });
    },
    setSecondFactor(proved, factor, recoveryDigests, at) {
      const { id } = proved.person;
      return writer.transaction().execute(async (transaction) => {
        const to = {
          factor_sealed: factor?.sealed ?? null,
          factor_confirmed_at: factor?.confirmedAt ?? null,
          factor_last_step: factor?.lastStep ?? 0,
          modified_at: at,
        };
        if (!(await updateProved(transaction, proved, to))) return false;
        await transaction.deleteFrom('recovery_codes').where('person', '=', id).execute();
        for (const digest of recoveryDigests) {
          await transaction.insertInto('recovery_codes').values({ person: id, digest }).execute();
        }
        return true;
      });
    },
    async takeStep(id, sealed, step, confirmedAt) {
      const { numUpdatedRows } = await writer
        .updateTable('people')
        .set({
          factor_last_step: step,
          ...(confirmedAt === null ? {} : { factor_confirmed_at: confirmedAt }),
        })
        .where('id', '=', id)
        .where('factor_sealed', '=', sealed)
        .where('factor_last_step', '<', step)
        .executeTakeFirst();
      return Number(numUpdatedRows) === 1;
    },
    async takeRecoveryCode(id, digest) {
      const { numDeletedRows } = await writer
        .deleteFrom('recovery_codes')
        .where('person', '=', id)
        .where('digest', '=', digest)
        .executeTakeFirst();
      return Number(numDeletedRows) === 1;
    },
  };
}

/** One statement, so that nothing comes between what it asks and what it writes. */
async function updateProved(
  db: Kysely<Schema>,
  { person, session }: Proved,
  to: Partial<PersonColumns>,
): Promise<boolean> {
  const { factor_sealed: sealed, factor_confirmed_at: confirmedAt } = personColumns(person);
  const asProved = db
    .updateTable('people')
    .set(to)
    .where('id', '=', person.id)
    .where('password_hash', '=', person.passwordHash)
    .where('factor_sealed', sealed === null ? 'is' : '=', sealed)
    .where('factor_confirmed_at', confirmedAt === null ? 'is' : '=', confirmedAt);
  const { numUpdatedRows } = await (session === null
    ? asProved
    : asProved.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('sessions')
            .select('id')
            .where('id', '=', session)
            .where('person', '=', person.id)
            .where('state', '=', 'signed_in'),
        ),
      )
  ).executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}
