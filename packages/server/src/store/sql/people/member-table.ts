import type { InvitationStore, MemberStore } from '../../people-store.ts';
import type { SqlEngine } from '../engine.ts';
import { accountOf } from '../row-codec.ts';
import { invitationOf, memberOf, personOf } from './people-codec.ts';

export function memberTable({ reader }: SqlEngine): MemberStore & InvitationStore {
  return {
    async member(account, person) {
      const row = await reader
        .selectFrom('members')
        .selectAll()
        .where('account', '=', account)
        .where('person', '=', person)
        .executeTakeFirst();
      return row && memberOf(row);
    },
    async membersOf(account) {
      const rows = await reader
        .selectFrom('members')
        .innerJoin('people', 'people.id', 'members.person')
        .selectAll('people')
        .select(['members.role', 'members.created_at as joined_at', 'members.modified_at as role_at'])
        .where('members.account', '=', account)
        .orderBy('people.name')
        .orderBy('people.id')
        .execute();
      return rows.map(({ role, joined_at, role_at, ...columns }) => ({
        person: personOf(columns),
        member: memberOf({ account, person: columns.id, role, created_at: joined_at, modified_at: role_at }),
      }));
    },
    async membershipsOf(person) {
      const rows = await reader
        .selectFrom('members')
        .innerJoin('accounts', 'accounts.name', 'members.account')
        .selectAll('accounts')
        .select('members.role')
        .where('members.person', '=', person)
        .orderBy('accounts.name')
        .execute();
      return rows.map(({ role, ...columns }) => ({ account: accountOf(columns), role }));
    },
    async invitationByDigest(digest, at) {
      const row = await reader
        .selectFrom('invitations')
        .selectAll()
        .where('digest', '=', digest)
        .where('expires_at', '>', at)
        .executeTakeFirst();
      return row && invitationOf(row);
    },
    async invitationsOf(account, at) {
      const rows = await reader
        .selectFrom('invitations')
        .selectAll()
        .where('account', '=', account)
        .where('expires_at', '>', at)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(invitationOf);
    },
  };
}
