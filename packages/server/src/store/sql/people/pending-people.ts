import type { CompiledQuery, Kysely } from 'kysely';
import type { GuessRow, InvitationRow, MemberRow, PersonRow } from '../../people-rows.ts';
import type { PeopleChanges } from '../../store.ts';
import type { Schema } from '../schema.ts';
import { guessColumns, guessOf, guessQuery } from './guess-table.ts';
import {
  invitationColumns,
  invitationOf,
  memberColumns,
  memberOf,
  personColumns,
  personOf,
  sessionOf,
} from './people-codec.ts';
import { signedInQuery } from './session-table.ts';

type PeopleWrite =
  | { readonly kind: 'put-person'; readonly row: PersonRow }
  | { readonly kind: 'put-member'; readonly row: MemberRow }
  | { readonly kind: 'drop-member'; readonly row: Pick<MemberRow, 'account' | 'person'> }
  | { readonly kind: 'put-invitation'; readonly row: InvitationRow }
  | { readonly kind: 'drop-invitation'; readonly id: string }
  | { readonly kind: 'note-revocations'; readonly session: string; readonly times: readonly number[] }
  | { readonly kind: 'put-guess'; readonly row: GuessRow; readonly at: number };

export interface PendingPeople {
  readonly changes: PeopleChanges;
  /** Writes what was asked for. Rejects with the engine's error where a row breaks a constraint. */
  apply(): Promise<void>;
}

/** The part of a change that is about people: seldom, so its statements are not kept compiled. */
export function pendingPeople(
  db: Kysely<Schema>,
  run: <Row>(query: CompiledQuery<Row>) => Promise<Row[]>,
  refuseLate: () => void,
  now: () => number,
): PendingPeople {
  const writes: PeopleWrite[] = [];
  function put(write: PeopleWrite): void {
    refuseLate();
    writes.push(write);
  }
  return {
    changes: {
      async personByEmail(email) {
        const query = db.selectFrom('people').selectAll().where('email', '=', email).compile();
        const [row] = await run(query);
        return row && personOf(row);
      },
      async member(account, person) {
        const query = db.selectFrom('members').selectAll().where('account', '=', account);
        const [row] = await run(query.where('person', '=', person).compile());
        return row && memberOf(row);
      },
      async members(account) {
        const query = db.selectFrom('members').selectAll().where('account', '=', account).orderBy('person');
        return (await run(query.compile())).map(memberOf);
      },
      async signedInSession(id) {
        const [row] = await run(signedInQuery(db, id, now()));
        return row && sessionOf(row);
      },
      async memberships(person) {
        const query = db.selectFrom('members').selectAll().where('person', '=', person).orderBy('account');
        return (await run(query.compile())).map(memberOf);
      },
      async invitation(id) {
        const [row] = await run(db.selectFrom('invitations').selectAll().where('id', '=', id).compile());
        return row && invitationOf(row);
      },
      async invitations(account) {
        const query = db.selectFrom('invitations').selectAll().where('account', '=', account).orderBy('id');
        return (await run(query.compile())).map(invitationOf);
      },
      async invitationsBy(person) {
        const query = db.selectFrom('invitations').selectAll().where('invited_by', '=', person).orderBy('id');
        return (await run(query.compile())).map(invitationOf);
      },
      async guess(key) {
        const [row] = await run(guessQuery(db, key));
        return row && guessOf(row);
      },
      putPerson: (row) => put({ kind: 'put-person', row }),
      putMember: (row) => put({ kind: 'put-member', row }),
      dropMember: (account, person) => put({ kind: 'drop-member', row: { account, person } }),
      putInvitation: (row) => put({ kind: 'put-invitation', row }),
      dropInvitation: (id) => put({ kind: 'drop-invitation', id }),
      noteLoneRevocations: (session, times) => put({ kind: 'note-revocations', session, times }),
      putGuess: (row, at) => put({ kind: 'put-guess', row, at }),
    },
    async apply() {
      for (const write of writes) await db.executeQuery(compiled(db, write));
    },
  };
}

function compiled(db: Kysely<Schema>, write: PeopleWrite): CompiledQuery<unknown> {
  switch (write.kind) {
    case 'put-person':
      return db.insertInto('people').values(personColumns(write.row)).compile();
    case 'put-member': {
      const columns = memberColumns(write.row);
      const { role, modified_at } = columns;
      return db
        .insertInto('members')
        .values(columns)
        .onConflict((conflict) => conflict.columns(['account', 'person']).doUpdateSet({ role, modified_at }))
        .compile();
    }
    case 'drop-member':
      return db
        .deleteFrom('members')
        .where('account', '=', write.row.account)
        .where('person', '=', write.row.person)
        .compile();
    case 'put-invitation':
      return db.insertInto('invitations').values(invitationColumns(write.row)).compile();
    case 'drop-invitation':
      return db.deleteFrom('invitations').where('id', '=', write.id).compile();
    case 'note-revocations':
      return db
        .updateTable('sessions')
        .set({ lone_revocations: JSON.stringify(write.times) })
        .where('id', '=', write.session)
        .compile();
    case 'put-guess': {
      const { key, ...columns } = guessColumns(write.row, write.at);
      return db
        .insertInto('guesses')
        .values({ key, ...columns })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(columns))
        .compile();
    }
    default:
      return write satisfies never;
  }
}
