import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';
import { lastUse } from './usage.ts';

/** Which tokens a list or a bulk revocation is about; what is not sent does not filter. */
export const tokenFilter = {
  text: z
    .string()
    .optional()
    .meta({ description: 'Part of the note (case-insensitive), or a whole token id.' }),
  usage: z.enum(['pk', 'sk', 'tk']).optional(),
  scope: z.string().optional(),
};

const days = z.int().min(1).max(3650);

export const TokenFilterSchema = z
  .strictObject({
    ...tokenFilter,
    status: z.enum(['active', 'expired']).optional().meta({ description: 'Left out: both.' }),
    unusedDays: days.optional().meta({
      description: 'Made so many days ago or earlier, and not let in since, as far as is reported.',
    }),
    exposed: z.boolean().optional().meta({ description: 'The secret was seen in a URL.' }),
    anywhere: z.boolean().optional().meta({ description: 'Without a URL restriction.' }),
  })
  .meta({ id: 'TokenFilter' });
export type TokenFilter = z.infer<typeof TokenFilterSchema>;

/** So many tokens are revoked by one call at most. */
export const REVOCATIONS_LIMIT = 1000;

export const RevokeTokensBodySchema = z
  .strictObject({
    ids: z.array(z.string()).min(1).max(REVOCATIONS_LIMIT).optional(),
    filter: TokenFilterSchema.optional().meta({
      description:
        "In place of ids; at least one field. Never the default token, nor the caller's own: those are named by id.",
    }),
    dryRun: z.boolean().optional().meta({ description: 'Tells what would be stopped, and stops nothing.' }),
    expected: z
      .int()
      .min(0)
      .optional()
      .meta({ description: '`count` of the dry run: where it is another number now, nothing is revoked.' }),
  })
  .meta({ id: 'RevokeTokensBody' });
export type RevokeTokensBody = z.infer<typeof RevokeTokensBodySchema>;

export const RevocationsSchema = z
  .object({
    dryRun: z.boolean(),
    count: z.int().meta({ description: 'Tokens that are revoked, or would be.' }),
    more: z.boolean().meta({
      description: `The filter fits more tokens than the ${REVOCATIONS_LIMIT} that one call revokes: call again.`,
    }),
    temporary: z.int().meta({ description: 'Temporary tokens that fall with them.' }),
    inUse: z.int().meta({ description: 'Those that were let in during the last 7 days.' }),
    tokens: z
      .array(
        z.object({
          id: z.string(),
          usage: z.enum(['pk', 'sk', 'tk']),
          note: z.string().nullable(),
          default: z.boolean().meta({ description: 'The default token gets a successor.' }),
          ...lastUse,
        }),
      )
      .meta({ description: 'The one let in last first.' }),
    users: z
      .array(
        z.object({
          origin: z.string().meta({ description: 'Host of the page; empty: none was told.' }),
          client: z.string(),
          service: z.string(),
          tokens: z.int().meta({ description: 'How many of the tokens.' }),
          lastUsed: IsoTimeSchema,
        }),
      )
      .meta({ description: 'Whoever was let in with them last, the newest first, at most 50.' }),
    skipped: z
      .array(z.object({ id: z.string(), code: z.enum(['token_not_found', 'token_revoked']) }))
      .meta({ description: 'Of `ids`: nothing is done about these.' }),
  })
  .meta({ id: 'Revocations' });
export type Revocations = z.infer<typeof RevocationsSchema>;
