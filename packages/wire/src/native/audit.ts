import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';
import { pageOf, pageQuery } from './page.ts';

export const AUDIT_ACTIONS = [
  'account.create',
  'account.suspend',
  'account.resume',
  'token.create',
  'token.update',
  'token.revoke',
  'rotation.begin',
  'rotation.change',
  'rotation.postpone',
  'rotation.end',
  'rotation.undo',
  'member.add',
  'member.change',
  'member.remove',
  'invitation.create',
  'invitation.revoke',
] as const;

const record = z.record(z.string(), z.unknown()).nullable();

/** Who did something. */
export const ActorSchema = z.union([
  z.object({ kind: z.literal('token'), id: z.string(), account: z.string() }),
  z.object({
    kind: z.literal('member'),
    person: z.string(),
    name: z.string(),
    account: z.string(),
  }),
  z.object({ kind: z.literal('system'), name: z.string() }),
]);

export const AuditEntrySchema = z
  .object({
    sequence: z.number().int().meta({ description: '1, 2, 3 … without a gap, in the order of commits.' }),
    at: IsoTimeSchema,
    actor: ActorSchema,
    action: z.enum(AUDIT_ACTIONS),
    account: z.string(),
    subject: z.string().meta({
      description:
        'The id of the token (of a rotation: of the one that is replaced), the name of the account, or the id of the person or invitation, that was changed.',
    }),
    before: record,
    after: record,
    requestId: z.string(),
  })
  .meta({ id: 'AuditEntry', description: '`before` and `after` hold no secret.' });
export type AuditEntry = z.infer<typeof AuditEntrySchema>;

export const AuditPageSchema = pageOf(AuditEntrySchema, 'AuditPage');
export type AuditPage = z.infer<typeof AuditPageSchema>;

export const ListAuditQuerySchema = z.object({
  ...pageQuery,
  account: z
    .string()
    .optional()
    .meta({ description: 'Left out: all that the caller may see, which is every account for the operator.' }),
  subject: z.string().optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  actor: z.string().max(128).optional().meta({
    description: 'The id of a token or a person, or the name of a part of the system.',
  }),
  since: z.string().max(40).optional().meta({ description: 'ISO 8601: not older than this.' }),
  until: z.string().max(40).optional().meta({ description: 'ISO 8601: older than this.' }),
});
export type ListAuditQuery = z.infer<typeof ListAuditQuerySchema>;
