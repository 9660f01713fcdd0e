import { ChangeMemberBodySchema, type Member, MemberSchema, MembersSchema } from '@latchkey/wire/native';
import { type AccountMember, changeMember, removeMember } from '../../../members/change-member.ts';
import { listMembers } from '../../../members/list-members.ts';
import type { MemberCaller } from '../../../tokens/caller.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { isoTime } from '../../iso-time.ts';
import { nativeFailure } from '../../refusal-failure.ts';

export const listMembersEndpoint = memberEndpoint({
  method: 'get',
  path: '/v1/members',
  operationId: 'listMembers',
  summary: 'List the members of the account',
  success: { status: 200, schema: MembersSchema, description: 'All of them.' },
  async handle(deps, caller) {
    const members = await listMembers(deps, caller);
    return answer(200, { items: members.map((one) => memberView(one, caller)) });
  },
});

export const changeMemberEndpoint = memberEndpoint({
  method: 'patch',
  path: '/v1/members/{person}',
  operationId: 'changeMember',
  summary: 'Give a member another role',
  description: 'Nobody gives or takes away a role above their own; the last owner stays owner.',
  body: ChangeMemberBodySchema,
  success: { status: 200, schema: MemberSchema, description: 'The member.' },
  async handle(deps, caller, { params, body }) {
    const outcome = await changeMember(deps, caller, { person: params.person ?? '', role: body.role });
    return outcome.ok ? answer(200, memberView(outcome.value, caller)) : nativeFailure(outcome.refusal);
  },
});

export const removeMemberEndpoint = memberEndpoint({
  method: 'delete',
  path: '/v1/members/{person}',
  operationId: 'removeMember',
  summary: 'Remove a member, or leave',
  description: "The tokens that the person made stay: they are the account's.",
  success: { status: 204, description: 'The person is no member any more.' },
  async handle(deps, caller, { params }) {
    const outcome = await removeMember(deps, caller, { person: params.person ?? '' });
    return outcome.ok ? answer(204) : nativeFailure(outcome.refusal);
  },
});

function memberView({ member, person }: AccountMember, caller: MemberCaller): Member {
  return {
    person: person.id,
    name: person.name,
    email: person.email,
    role: member.role,
    joined: isoTime(member.createdAt),
    secondFactor: person.secondFactor !== null && person.secondFactor.confirmedAt !== null,
    you: person.id === caller.person.id,
  };
}
