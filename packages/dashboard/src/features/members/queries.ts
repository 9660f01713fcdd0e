import type { InviteBody } from '@latchkey/wire/native';
import { queryOptions } from '@tanstack/react-query';
import { clientFor } from '../../api/client.ts';

export function membersQuery(account: string) {
  return queryOptions({
    queryKey: ['account', account, 'members'],
    queryFn: () => clientFor(account).native.members.list(),
  });
}

/** Those that wait. For members who manage others. */
export function invitationsQuery(account: string) {
  return queryOptions({
    queryKey: ['account', account, 'members', 'invitations'],
    queryFn: () => clientFor(account).native.members.invitations(),
  });
}

/** What can be done about who belongs to an account. Each wants a fresh proof of who asks. */
export function memberActs(account: string) {
  const { members } = clientFor(account).native;
  return {
    /** In place of what waits for the same address. */
    invite: (body: InviteBody) => members.invite(body),
    withdraw: (invitation: string) => members.takeBack(invitation),
    changeRole: (person: string, role: InviteBody['role']) => members.change(person, { role }),
    remove: (person: string) => members.remove(person),
  };
}
