import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';

export const USAGE_DIMENSIONS = [
  'account',
  'token',
  'service',
  'scope',
  'outcome',
  'kind',
  'origin',
  'client',
  'address',
] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

export const USAGE_STEPS = ['minute', 'hour', 'day', 'total'] as const;
export type UsageStep = (typeof USAGE_STEPS)[number];

const time = z.string().meta({ description: 'ISO 8601, or a date.', example: '2026-11-01' });

export const UsageQuerySchema = z.object({
  from: time.optional().meta({ description: 'From the beginning of the step that it lies in.' }),
  to: time.optional().meta({ description: 'Up to the end of the step that it lies in. Left out: now.' }),
  step: z.enum(USAGE_STEPS).optional().meta({ description: 'Left out: day.' }),
  by: z
    .string()
    .optional()
    .meta({ description: `Separated by commas: ${USAGE_DIMENSIONS.join(', ')}. Left out: one sum.` }),
  account: z
    .string()
    .optional()
    .meta({ description: 'Left out: all that the caller may see, which is every account for the operator.' }),
  token: z.string().optional().meta({ description: 'The id of a token.' }),
  service: z.string().optional(),
  kind: z.enum(['allowed', 'refused']).optional(),
  format: z.enum(['json', 'csv']).optional().meta({ description: 'Left out: json.' }),
});
export type UsageQueryInput = z.input<typeof UsageQuerySchema>;

export const UsageSchema = z
  .object({
    from: IsoTimeSchema,
    to: IsoTimeSchema,
    step: z.enum(USAGE_STEPS),
    by: z.array(z.enum(USAGE_DIMENSIONS)),
    rows: z
      .array(
        z.object({
          at: IsoTimeSchema.optional().meta({ description: 'The beginning of the step; absent in a total.' }),
          account: z.string().nullable().optional(),
          token: z.string().nullable().optional().meta({ description: 'Null: no token was known.' }),
          service: z.string().optional(),
          scope: z.string().optional().meta({ description: 'What was needed, separated by spaces.' }),
          outcome: z.string().optional().meta({ description: '`allowed`, or why it was refused.' }),
          kind: z.string().optional(),
          origin: z.string().optional().meta({ description: 'Empty: none was told. `*`: not told apart.' }),
          client: z.string().optional(),
          address: z.string().optional(),
          count: z.number().int(),
        }),
      )
      .meta({ description: 'In the order of time. What is zero is left out.' }),
  })
  .meta({ id: 'Usage' });
export type Usage = z.infer<typeof UsageSchema>;

const use = {
  at: IsoTimeSchema,
  service: z.string(),
  origin: z.string().meta({ description: 'Host of the page; empty: none was told.' }),
  client: z.string(),
};

/** The newest use of a token that verifiers reported, the newest one that was refused, and the newest one that had it in a URL. */
export const lastUse = {
  lastUsed: z.object(use).optional().meta({ description: 'As far as verifiers have reported.' }),
  lastRefused: z.object({ ...use, reason: z.string() }).optional(),
  exposed: z.object(use).optional().meta({
    description:
      'The secret stood in a URL, where logs and referrers see it, and was let in. The newest time.',
  }),
};

export const TokenUsersSchema = z
  .object({
    token: z.string(),
    ...lastUse,
    since: IsoTimeSchema,
    users: z.array(
      z.object({
        kind: z.enum(['allowed', 'refused']),
        ...use,
        address: z.string().meta({ description: 'A /24 or a /48, where addresses are counted.' }),
        count: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'TokenUsers', description: 'Who uses a token, newest first. `*`: not told apart.' });
export type TokenUsers = z.infer<typeof TokenUsersSchema>;
