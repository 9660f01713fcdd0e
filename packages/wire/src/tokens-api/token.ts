import * as z from 'zod';

/** ISO 8601 with milliseconds and `Z`, the one form in which times are answered. */
export const IsoTimeSchema = z.string().meta({
  id: 'IsoTime',
  description: 'A point in time, UTC, with milliseconds.',
  format: 'date-time',
  example: '2026-09-15T18:27:53.000Z',
});

export const AppIdentitySchema = z
  .strictObject({ platform: z.enum(['ios', 'android']), bundleId: z.string() })
  .meta({
    id: 'AllowedApplication',
    description: 'A mobile application as it names itself; it can be forged.',
  });

export const UrlWarningSchema = z
  .object({ entry: z.string(), code: z.string(), detail: z.string() })
  .meta({ id: 'UrlWarning', description: 'An entry that was taken, and what to know of it.' });

/** The Token object of the Tokens API. A restriction that is not set is left out, never null. */
export const TokenSchema = z
  .object({
    id: z.string().meta({ description: 'A handle: it can look up and revoke, never authenticate.' }),
    usage: z.enum(['pk', 'sk']),
    client: z.literal('api'),
    default: z.boolean(),
    note: z.string().nullable(),
    scopes: z.array(z.string()),
    created: IsoTimeSchema,
    modified: IsoTimeSchema,
    allowedUrls: z.array(z.string()).optional(),
    resources: z.array(z.string()).optional(),
    allowedApplications: z.array(AppIdentitySchema).optional(),
    expires: IsoTimeSchema.optional(),
    lastUsed: IsoTimeSchema.optional().meta({ description: 'As far as verifiers have reported.' }),
    token: z.string().optional().meta({
      description: 'Always for a public token; for a secret token only in the answer to its creation.',
    }),
    warnings: z.array(UrlWarningSchema).optional(),
  })
  .meta({ id: 'Token' });
export type Token = z.infer<typeof TokenSchema>;

/**
 * The answer to "create temporary": `token`, `issued_at`, `expires` and `expires_in`, which every client knows, and the
 * fields of a Token, because the devkit server refuses the answer to any creation without them.
 */
export const TemporaryTokenSchema = z
  .object({
    ...TokenSchema.shape,
    usage: z.literal('tk'),
    token: z.string(),
    issued_at: IsoTimeSchema,
    expires: IsoTimeSchema,
    expires_in: z.number().meta({ description: 'Seconds from `issued_at` to `expires`.' }),
  })
  .meta({ id: 'TemporaryToken' });
export type TemporaryToken = z.infer<typeof TemporaryTokenSchema>;

export const ScopeSchema = z
  .object({ id: z.string(), public: z.literal(true).optional(), description: z.string() })
  .meta({ id: 'Scope', description: '`public` is left out for secret scopes.' });
export type Scope = z.infer<typeof ScopeSchema>;
