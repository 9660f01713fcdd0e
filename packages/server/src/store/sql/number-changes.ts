import { formatRecord } from '@latchkey/wire/feed';
import type { Kysely } from 'kysely';
import { feedRecordOfAccount, feedRecordOfToken } from '../feed-record.ts';
import type { Head } from '../rows.ts';
import type { AppliedWork, UnnumberedChange } from './apply-work.ts';
import { nextChain } from './chain.ts';
import type { ChangeStatements } from './change-statements.ts';
import type { Schema } from './schema.ts';

/** `head`: undefined where verifiers have nothing to hear. `revisions`: the last one of each work, in their order. */
export interface Numbered {
  readonly head: Head | undefined;
  readonly revisions: readonly (number | null)[];
}

/**
 * Gives the changes of a whole transaction their revisions and its audit rows their sequences, both without a gap and
 * in commit order: the one statement that advances the head row locks it until the commit, so it runs last.
 */
export async function numberChanges(
  db: Kysely<Schema>,
  statements: ChangeStatements,
  works: readonly AppliedWork[],
  at: number,
): Promise<Numbered> {
  const changes = works.reduce((sum, work) => sum + work.changes.length, 0);
  const entries = works.reduce((sum, work) => sum + work.entries.length, 0);
  if (changes === 0 && entries === 0) return { head: undefined, revisions: works.map(() => null) };

  const { rows } = await db.executeQuery(statements.advanceHead({ changes, entries }));
  const [advanced] = rows;
  if (advanced === undefined) throw new Error('the database has no head row');
  let sequence = advanced.sequence - entries;
  let revision = advanced.revision - changes;
  let { chain } = advanced;
  const revisions: (number | null)[] = [];
  for (const work of works) {
    for (const entry of work.entries) {
      sequence += 1;
      await db.executeQuery(statements.insertAudit({ ...entry, sequence }));
    }
    for (const change of work.changes) {
      revision += 1;
      const record = recordText(change, revision);
      chain = nextChain(chain, record);
      const subject = subjectOf(change);
      await db.executeQuery(statements.insertChange({ revision, at, record, chain, ...subject }));
      await db.executeQuery(
        'token' in change
          ? statements.stampToken({ id: change.token.id, revision })
          : statements.stampAccount({ name: change.account.name, revision }),
      );
    }
    revisions.push(work.changes.length === 0 ? null : revision);
  }
  if (changes === 0) return { head: undefined, revisions };
  await db.executeQuery(statements.setChain({ chain }));
  return { head: { epoch: advanced.epoch, revision, chain }, revisions };
}

function recordText(change: UnnumberedChange, revision: number): string {
  return formatRecord(
    'token' in change
      ? feedRecordOfToken(change.token, revision)
      : feedRecordOfAccount(change.account, revision),
  );
}

function subjectOf(change: UnnumberedChange): { token: string | null; account: string | null } {
  return 'token' in change
    ? { token: change.token.id, account: null }
    : { token: null, account: change.account.name };
}
