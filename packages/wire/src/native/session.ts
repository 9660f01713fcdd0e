import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';

/** What a member of an account may be, from the widest to the narrowest. */
export const ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;
export const RoleSchema = z.enum(ROLES);
export type Role = z.infer<typeof RoleSchema>;

/** Kinds of actions that want the password or a code again, each for ten minutes of one session. */
export const STEP_UP_CLASSES = ['secrets', 'widening', 'bulk', 'members', 'security'] as const;
export const StepUpClassSchema = z.enum(STEP_UP_CLASSES);
export type StepUpClass = z.infer<typeof StepUpClassSchema>;

/** Who is signed in, for which accounts, and what was confirmed lately. */
export const SessionSchema = z
  .object({
    person: z.object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      emailVerified: z.boolean(),
      secondFactor: z.boolean(),
      language: z.enum(['en', 'zh']).nullable(),
    }),
    session: z.object({ id: z.string(), createdAt: IsoTimeSchema, expiresAt: IsoTimeSchema }),
    accounts: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['operator', 'customer']),
        status: z.enum(['active', 'suspended']),
        role: RoleSchema,
      }),
    ),
    stepUps: z.array(z.object({ class: StepUpClassSchema, until: IsoTimeSchema })),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof SessionSchema>;

/** The answer to a password: either all is well, or a code is wanted before it is. */
export const SignedInSchema = z
  .discriminatedUnion('state', [
    SessionSchema.extend({ state: z.literal('signed_in') }),
    z.object({ state: z.literal('second_factor') }),
  ])
  .meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof SignedInSchema>;
