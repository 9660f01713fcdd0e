import { type Kysely, sql } from 'kysely';
import type {
  AccountColumns,
  AuditColumns,
  ChangeColumns,
  HeadColumns,
  IdempotencyColumns,
  RotationColumns,
  Schema,
  TokenColumns,
} from './schema.ts';
import { statement } from './statement.ts';

/** Every statement that a change runs, compiled once. */
export type ChangeStatements = ReturnType<typeof changeStatements>;

export function changeStatements(db: Kysely<Schema>) {
  return {
    account: statement<{ name: string }, AccountColumns>((value) =>
      db.selectFrom('accounts').selectAll().where('name', '=', value('name')),
    ),
    // Written out, not bound: the indexes that serve these two are partial.
    operatorAccount: statement<object, AccountColumns>(() =>
      db.selectFrom('accounts').selectAll().where('kind', '=', sql.lit('operator')),
    ),
    token: statement<{ id: string }, TokenColumns>((value) =>
      db.selectFrom('tokens').selectAll().where('id', '=', value('id')),
    ),
    defaultToken: statement<{ account: string }, TokenColumns>((value) =>
      db
        .selectFrom('tokens')
        .selectAll()
        .where('account', '=', value('account'))
        .where('is_default', '=', sql.lit(1)),
    ),
    descendants: statement<{ id: string; expiresAfter: number }, TokenColumns>((value) =>
      db
        .withRecursive('line', (line) =>
          line
            .selectFrom('tokens')
            .select('tokens.id')
            .where('parent', '=', value('id'))
            .where('expires', '>', value('expiresAfter'))
            .union(
              line
                .selectFrom('line')
                .innerJoin('tokens as child', 'child.parent', 'line.id')
                .select('child.id')
                .where('child.expires', '>', value('expiresAfter')),
            ),
        )
        .selectFrom('tokens')
        .selectAll()
        .where('id', 'in', (line) => line.selectFrom('line').select('line.id'))
        .where('status', '=', 'active'),
    ),
    remembered: statement<{ account: string; key: string }, IdempotencyColumns>((value) =>
      db
        .selectFrom('idempotency')
        .selectAll()
        .where('account', '=', value('account'))
        .where('key', '=', value('key')),
    ),
    rotation: statement<{ token: string }, RotationColumns>((value) =>
      db.selectFrom('rotations').selectAll().where('token', '=', value('token')),
    ),
    rotationTo: statement<{ successor: string }, RotationColumns>((value) =>
      db.selectFrom('rotations').selectAll().where('successor', '=', value('successor')),
    ),

    putAccount: statement<AccountColumns, unknown>((value) =>
      db
        .insertInto('accounts')
        .values({
          name: value('name'),
          kind: value('kind'),
          status: value('status'),
          allowance: value('allowance'),
          created_at: value('created_at'),
          modified_at: value('modified_at'),
          revision: value('revision'),
        })
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({
            status: value('status'),
            allowance: value('allowance'),
            modified_at: value('modified_at'),
          }),
        ),
    ),
    // What is fixed when a token is made (account, usage, digest, text, parent) is not replaced.
    putToken: statement<TokenColumns, unknown>((value) =>
      db
        .insertInto('tokens')
        .values({
          id: value('id'),
          account: value('account'),
          usage: value('usage'),
          digest: value('digest'),
          text: value('text'),
          note: value('note'),
          note_folded: value('note_folded'),
          scopes: value('scopes'),
          restrictions: value('restrictions'),
          expires: value('expires'),
          parent: value('parent'),
          replaces: value('replaces'),
          is_default: value('is_default'),
          status: value('status'),
          created_at: value('created_at'),
          modified_at: value('modified_at'),
          revoked_at: value('revoked_at'),
          revision: value('revision'),
          scopes_fixed: 1,
        })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({
            note: value('note'),
            note_folded: value('note_folded'),
            scopes: value('scopes'),
            scopes_fixed: sql`case when tokens.scopes = ${value('scopes')} then tokens.scopes_fixed else 0 end`,
            restrictions: value('restrictions'),
            expires: value('expires'),
            is_default: value('is_default'),
            status: value('status'),
            modified_at: value('modified_at'),
            revoked_at: value('revoked_at'),
          }),
        ),
    ),
    putRotation: statement<RotationColumns, unknown>((value) =>
      db
        .insertInto('rotations')
        .values({
          token: value('token'),
          successor: value('successor'),
          account: value('account'),
          started_at: value('started_at'),
          quiet_ms: value('quiet_ms'),
          due_at: value('due_at'),
          waits_for: value('waits_for'),
          ended_at: value('ended_at'),
        })
        .onConflict((conflict) =>
          conflict.column('token').doUpdateSet({
            successor: value('successor'),
            started_at: value('started_at'),
            quiet_ms: value('quiet_ms'),
            due_at: value('due_at'),
            waits_for: value('waits_for'),
            ended_at: value('ended_at'),
          }),
        ),
    ),
    dropRotation: statement<{ token: string }, unknown>((value) =>
      db.deleteFrom('rotations').where('token', '=', value('token')),
    ),
    remember: statement<IdempotencyColumns, unknown>((value) =>
      db.insertInto('idempotency').values({
        account: value('account'),
        key: value('key'),
        fingerprint: value('fingerprint'),
        token: value('token'),
        at: value('at'),
      }),
    ),

    /** Takes `changes` revisions and `entries` audit sequences; from here to the commit nobody else can. */
    advanceHead: statement<{ changes: number; entries: number }, HeadColumns>((value) =>
      db
        .updateTable('head')
        .set((columns) => ({
          revision: columns('revision', '+', value('changes')),
          sequence: columns('sequence', '+', value('entries')),
        }))
        .where('id', '=', 1)
        .returningAll(),
    ),
    insertChange: statement<ChangeColumns, unknown>((value) =>
      db.insertInto('changes').values({
        revision: value('revision'),
        at: value('at'),
        record: value('record'),
        chain: value('chain'),
        token: value('token'),
        account: value('account'),
      }),
    ),
    insertAudit: statement<AuditColumns, unknown>((value) =>
      db.insertInto('audit').values({
        sequence: value('sequence'),
        at: value('at'),
        actor: value('actor'),
        action: value('action'),
        account: value('account'),
        subject: value('subject'),
        before: value('before'),
        after: value('after'),
        request_id: value('request_id'),
        moved_from: value('moved_from'),
      }),
    ),
    stampToken: statement<{ id: string; revision: number }, unknown>((value) =>
      db
        .updateTable('tokens')
        .set({ revision: value('revision') })
        .where('id', '=', value('id')),
    ),
    stampAccount: statement<{ name: string; revision: number }, unknown>((value) =>
      db
        .updateTable('accounts')
        .set({ revision: value('revision') })
        .where('name', '=', value('name')),
    ),
    setChain: statement<{ chain: string }, unknown>((value) =>
      db
        .updateTable('head')
        .set({ chain: value('chain') })
        .where('id', '=', 1),
    ),
  };
}
