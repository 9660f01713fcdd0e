import type { PersonStore } from '../../people-store.ts';
import type { SqlEngine } from '../engine.ts';
import { personOf } from './people-codec.ts';

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
    async updatePerson(id, { name, language, passwordHash, emailVerifiedAt }, at) {
      await writer
        .updateTable('people')
        .set({
          modified_at: at,
          ...(name === undefined ? {} : { name }),
          ...(language === undefined ? {} : { language }),
          ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
          ...(emailVerifiedAt === undefined ? {} : { email_verified_at: emailVerifiedAt }),
        })
        .where('id', '=', id)
        .execute();
    },
    async setSecondFactor(id, factor, recoveryDigests, at) {
      await writer.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('people')
          .set({
            factor_sealed: factor?.sealed ?? null,
            factor_confirmed_at: factor?.confirmedAt ?? null,
            factor_last_step: factor?.lastStep ?? 0,
            modified_at: at,
          })
          .where('id', '=', id)
          .execute();
        await transaction.deleteFrom('recovery_codes').where('person', '=', id).execute();
        for (const digest of recoveryDigests) {
          await transaction.insertInto('recovery_codes').values({ person: id, digest }).execute();
        }
      });
    },
    async takeStep(id, step, confirmedAt) {
      const { numUpdatedRows } = await writer
        .updateTable('people')
        .set({
          factor_last_step: step,
          ...(confirmedAt === null ? {} : { factor_confirmed_at: confirmedAt }),
        })
        .where('id', '=', id)
        .where('factor_sealed', 'is not', null)
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
