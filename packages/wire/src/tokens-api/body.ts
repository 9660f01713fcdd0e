import * as z from 'zod';
import { AppIdentitySchema } from './token.ts';

/** Longest note, in UTF-16 code units. */
export const NOTE_MAX_LENGTH = 128;

export const NoteSchema = z
  .string()
  .nullable()
  .meta({ description: `At most ${NOTE_MAX_LENGTH} characters.` });

const grant = {
  allowedUrls: z.array(z.string()).meta({ description: 'At most 100 entries.' }),
  resources: z.array(z.string()).meta({ description: 'Path prefixes of the API that the token may reach.' }),
  allowedApplications: z.array(AppIdentitySchema),
};

/** Body of "create". */
export const CreateTokenBodySchema = z
  .strictObject({
    scopes: z
      .array(z.string())
      .meta({ description: 'May be empty; all public makes a `pk`, any secret an `sk`.' }),
    note: NoteSchema.optional(),
    allowedUrls: grant.allowedUrls.optional(),
    resources: grant.resources.optional(),
    allowedApplications: grant.allowedApplications.optional(),
  })
  .meta({ id: 'CreateTokenBody' });
export type CreateTokenBody = z.infer<typeof CreateTokenBodySchema>;

/** Body of "create temporary": the same path, told apart by `expires`. */
export const CreateTemporaryTokenBodySchema = z
  .strictObject({
    expires: z.string().meta({
      description: 'ISO 8601, at most one hour ahead; without a zone it is taken as UTC.',
      example: '2026-09-15T19:27:53Z',
    }),
    scopes: z.array(z.string()),
    note: NoteSchema.optional(),
    allowedUrls: grant.allowedUrls.optional(),
  })
  .meta({
    id: 'CreateTemporaryTokenBody',
    description: "The creator's restrictions are inherited; `allowedUrls` may only narrow them.",
  });
export type CreateTemporaryTokenBody = z.infer<typeof CreateTemporaryTokenBodySchema>;

/** Body of "update": only what is sent changes; null lifts a restriction or removes the note. */
export const UpdateTokenBodySchema = z
  .strictObject({
    scopes: z.array(z.string()).optional(),
    note: NoteSchema.optional(),
    allowedUrls: grant.allowedUrls.nullable().optional(),
    resources: grant.resources.nullable().optional(),
    allowedApplications: grant.allowedApplications.nullable().optional(),
  })
  .meta({ id: 'UpdateTokenBody' });
export type UpdateTokenBody = z.infer<typeof UpdateTokenBodySchema>;
