import {
  type Invitation,
  InvitationSchema,
  InvitationsSchema,
  InviteBodySchema,
} from '@latchkey/wire/native';
import { invite, takeBackInvitation } from '../../../members/invite.ts';
import { listInvitations } from '../../../members/list-members.ts';
import type { InvitationRow } from '../../../store/people-rows.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { isoTime } from '../../iso-time.ts';
import { nativeFailure } from '../../refusal-failure.ts';

export const inviteEndpoint = memberEndpoint({
  method: 'post',
  path: '/v1/invitations',
  operationId: 'invite',
  summary: 'Invite somebody by mail',
  description: 'In place of what was sent to the same address before. Nobody gives a role above their own.',
  counts: 'account',
  body: InviteBodySchema,
  success: { status: 201, schema: InvitationSchema, description: 'The invitation; its link is in the mail.' },
  async handle(deps, caller, { body }) {
    const outcome = await invite(deps, caller, body);
    return outcome.ok ? answer(201, invitationView(outcome.value)) : nativeFailure(outcome.refusal);
  },
});

export const listInvitationsEndpoint = memberEndpoint({
  method: 'get',
  path: '/v1/invitations',
  operationId: 'listInvitations',
  summary: 'List invitations that wait',
  success: { status: 200, schema: InvitationsSchema, description: 'All of the account.' },
  async handle(deps, caller) {
    const outcome = await listInvitations(deps, caller);
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    return answer(200, { items: outcome.value.map(invitationView) });
  },
});

export const takeBackInvitationEndpoint = memberEndpoint({
  method: 'delete',
  path: '/v1/invitations/{invitation}',
  operationId: 'takeBackInvitation',
  summary: 'Take an invitation back',
  description: 'By its id.',
  success: { status: 204, description: 'Its link invites to nothing any more.' },
  async handle(deps, caller, { params }) {
    const outcome = await takeBackInvitation(deps, caller, { id: params.invitation ?? '' });
    return outcome.ok ? answer(204) : nativeFailure(outcome.refusal);
  },
});

function invitationView(row: InvitationRow): Invitation {
  const { id, account, email, role, invitedBy, createdAt, expiresAt } = row;
  return { id, account, email, role, invitedBy, created: isoTime(createdAt), expires: isoTime(expiresAt) };
}
