import * as z from 'zod';
import { NoteSchema } from '../tokens-api/body.ts';
import { booleanInQuerySchema } from '../tokens-api/query.ts';
import { AppIdentitySchema, IsoTimeSchema, UrlWarningSchema } from '../tokens-api/token.ts';
import { ActorSchema } from './audit.ts';
import { DurationSchema } from './duration.ts';
import { pageOf, pageQuery } from './page.ts';
import { tokenFilter } from './revocations.ts';
import { RotationWaitSchema } from './rotation-wait.ts';
import { lastUse } from './usage.ts';

/** A token as the native API tells it. A restriction that is not set is left out. */
export const NativeTokenSchema = z
  .object({
    id: z.string(),
    account: z.string(),
    usage: z.enum(['pk', 'sk', 'tk']),
    status: z.enum(['active', 'expired', 'revoked']),
    default: z.boolean(),
    note: z.string().nullable(),
    scopes: z.array(z.string()),
    created: IsoTimeSchema,
    modified: IsoTimeSchema,
    allowedUrls: z.array(z.string()).optional(),
    strictPaths: z
      .boolean()
      .optional()
      .meta({ description: 'A request that shows only the origin is refused where an entry has a path.' }),
    resources: z.array(z.string()).optional(),
    allowedApplications: z.array(AppIdentitySchema).optional(),
    allowedAddresses: z.array(z.string()).optional(),
    expires: IsoTimeSchema.optional(),
    revoked: IsoTimeSchema.optional(),
    parent: z.string().optional().meta({ description: 'The token that made this temporary one.' }),
    replaces: z.string().optional().meta({ description: 'The token that this one succeeds.' }),
    replacedBy: z.string().optional().meta({ description: 'The token that succeeds this one.' }),
    retiresAt: IsoTimeSchema.optional().meta({
      description: 'The token is being replaced: then it is revoked; with `untilQuiet`: not before.',
    }),
    untilQuiet: DurationSchema.optional().meta({
      description: 'The token is being replaced, and revoked once nobody has used it for so long.',
    }),
    waitsFor: z
      .array(RotationWaitSchema)
      .optional()
      .meta({ description: 'Why a token that is being replaced was not retired when its time came.' }),
    createdBy: ActorSchema.optional().meta({
      description: 'Who made it, where a single token is asked for and the log has it.',
    }),
    ...lastUse,
    revision: z.number().int(),
    token: z
      .string()
      .optional()
      .meta({ description: 'Always for a public token; otherwise only in the answer to its creation.' }),
    warnings: z.array(UrlWarningSchema).optional(),
    code: z.literal('secret_already_shown').optional().meta({
      description:
        'The answer to a repeated `Idempotency-Key`: the token exists, its text is not told again.',
    }),
  })
  .meta({ id: 'NativeToken' });
export type NativeToken = z.infer<typeof NativeTokenSchema>;

export const NativeTokenPageSchema = pageOf(NativeTokenSchema, 'NativeTokenPage');
export type NativeTokenPage = z.infer<typeof NativeTokenPageSchema>;

export const ListNativeTokensQuerySchema = z.object({
  ...pageQuery,
  ...tokenFilter,
  status: z
    .enum(['active', 'expired', 'revoked'])
    .optional()
    .meta({ description: 'Left out: all but revoked ones.' }),
  default: booleanInQuerySchema.optional(),
  unusedDays: z
    .string()
    .regex(/^[1-9][0-9]{0,3}$/, 'must be a whole number from 1 to 9999')
    .transform(Number)
    .optional()
    .meta({
      type: 'integer',
      minimum: 1,
      maximum: 9999,
      description: 'Made so many days ago or earlier, and not let in since, as far as is reported.',
    }),
  exposed: booleanInQuerySchema.optional().meta({ description: 'The secret was seen in a URL.' }),
  anywhere: booleanInQuerySchema.optional().meta({ description: 'Without a URL restriction.' }),
  sortby: z.enum(['created', 'modified', 'note', 'lastUsed']).optional().meta({
    description:
      'Newest first; `note` from A to Z; `lastUsed` the one let in last first (one that is used between two pages moves to the front, where later pages do not go).',
  }),
});
export type ListNativeTokensQuery = z.infer<typeof ListNativeTokensQuerySchema>;

const grant = {
  allowedUrls: z.array(z.string()),
  strictPaths: z.boolean(),
  resources: z.array(z.string()),
  allowedApplications: z.array(AppIdentitySchema),
  allowedAddresses: z.array(z.string()).meta({ description: 'IPv4 and IPv6 addresses and CIDR ranges.' }),
  expires: z
    .string()
    .meta({ description: 'ISO 8601, in the future; any time ahead.', example: '2027-01-01T00:00:00Z' }),
};

export const CreateNativeTokenBodySchema = z
  .strictObject({
    scopes: z.array(z.string()),
    note: NoteSchema.optional(),
    allowedUrls: grant.allowedUrls.optional(),
    strictPaths: grant.strictPaths.optional(),
    resources: grant.resources.optional(),
    allowedApplications: grant.allowedApplications.optional(),
    allowedAddresses: grant.allowedAddresses.optional(),
    expires: grant.expires.optional(),
  })
  .meta({ id: 'CreateNativeTokenBody' });
export type CreateNativeTokenBody = z.infer<typeof CreateNativeTokenBodySchema>;

/** Only what is sent changes; null lifts a restriction, an expiry or the note. */
export const UpdateNativeTokenBodySchema = z
  .strictObject({
    scopes: z.array(z.string()).optional(),
    note: NoteSchema.optional(),
    allowedUrls: grant.allowedUrls.nullable().optional(),
    strictPaths: grant.strictPaths.optional(),
    resources: grant.resources.nullable().optional(),
    allowedApplications: grant.allowedApplications.nullable().optional(),
    allowedAddresses: grant.allowedAddresses.nullable().optional(),
    expires: grant.expires.nullable().optional(),
  })
  .meta({ id: 'UpdateNativeTokenBody' });
export type UpdateNativeTokenBody = z.infer<typeof UpdateNativeTokenBodySchema>;
