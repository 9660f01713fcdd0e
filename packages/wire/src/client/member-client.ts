import {
  type ChangeMemberBody,
  type Invitation,
  InvitationSchema,
  type Invitations,
  InvitationsSchema,
  type InviteBody,
  type Member,
  MemberSchema,
  type Members,
  MembersSchema,
} from '../native/member.ts';
import type { Call } from './call.ts';

/** Who belongs to an account: for people who are signed in, in pages of the server. */
export interface MemberClient {
  list(): Promise<Members>;
  change(person: string, body: ChangeMemberBody): Promise<Member>;
  /** Or leaves, where it is oneself. */
  remove(person: string): Promise<void>;
  invite(body: InviteBody): Promise<Invitation>;
  invitations(): Promise<Invitations>;
  takeBack(invitation: string): Promise<void>;
}

export function createMemberClient(call: Call): MemberClient {
  const memberOf = (person: string) => `/v1/members/${encodeURIComponent(person)}`;
  return {
    list: async () => (await call('GET', '/v1/members', MembersSchema)).value,
    change: async (person, body) => (await call('PATCH', memberOf(person), MemberSchema, { body })).value,
    remove: async (person) => {
      await call<undefined>('DELETE', memberOf(person), null);
    },
    invite: async (body) => (await call('POST', '/v1/invitations', InvitationSchema, { body })).value,
    invitations: async () => (await call('GET', '/v1/invitations', InvitationsSchema)).value,
    takeBack: async (invitation) => {
      await call<undefined>('DELETE', `/v1/invitations/${encodeURIComponent(invitation)}`, null);
    },
  };
}
