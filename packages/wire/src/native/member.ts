import { ROLES } from '@latchkey/core';
import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';

const role = z.enum(ROLES);

export const MemberSchema = z
  .object({
    person: z.string().meta({ description: 'The id of the person.' }),
    name: z.string(),
    email: z.string(),
    role,
    joined: IsoTimeSchema,
    secondFactor: z.boolean().meta({ description: 'Signs in with a second factor.' }),
    you: z.boolean().meta({ description: 'It is who asks.' }),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof MemberSchema>;

export const MembersSchema = z
  .object({ items: z.array(MemberSchema).meta({ description: 'By name.' }) })
  .meta({ id: 'Members' });
export type Members = z.infer<typeof MembersSchema>;

export const ChangeMemberBodySchema = z.strictObject({ role }).meta({ id: 'ChangeMemberBody' });
export type ChangeMemberBody = z.infer<typeof ChangeMemberBodySchema>;

export const InviteBodySchema = z
  .strictObject({
    email: z.string().max(254),
    role,
    account: z.string().optional().meta({
      description:
        "Left out: the caller's. Another one: only for members of the operator's account who may make accounts.",
    }),
  })
  .meta({ id: 'InviteBody' });
export type InviteBody = z.infer<typeof InviteBodySchema>;

export const InvitationSchema = z
  .object({
    id: z.string(),
    account: z.string(),
    email: z.string(),
    role,
    invitedBy: z.string().nullable().meta({ description: 'The id of the person; null: that one is gone.' }),
    created: IsoTimeSchema,
    expires: IsoTimeSchema,
  })
  .meta({ id: 'Invitation', description: 'It waits to be accepted by the link in its mail.' });
export type Invitation = z.infer<typeof InvitationSchema>;

export const InvitationsSchema = z
  .object({ items: z.array(InvitationSchema).meta({ description: 'The newest first.' }) })
  .meta({ id: 'Invitations' });
export type Invitations = z.infer<typeof InvitationsSchema>;
