import { ROLES, STEP_UP_CLASSES } from '@latchkey/core';
import * as z from 'zod';
import { IsoTimeSchema } from '../tokens-api/token.ts';

// The rules about both are core's.
export { ROLES, type Role, STEP_UP_CLASSES, type StepUpClass } from '@latchkey/core';

const email = z.string().max(254);
/** A generous limit against abuse; the rule for new passwords is the server's. */
const password = z.string().max(1024);
const code = z.string().max(64).meta({ description: 'The six digits that the application shows.' });

export const SessionPersonSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  emailVerified: z.boolean(),
  secondFactor: z.boolean(),
  language: z.enum(['en', 'zh']).nullable().meta({ description: 'Null: as the browser says.' }),
});

export const SessionSchema = z
  .object({
    person: SessionPersonSchema,
    session: z.object({ id: z.string(), createdAt: IsoTimeSchema, expiresAt: IsoTimeSchema }),
    accounts: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['operator', 'customer']),
        status: z.enum(['active', 'suspended']),
        role: z.enum(ROLES),
      }),
    ),
    stepUps: z
      .array(z.object({ class: z.enum(STEP_UP_CLASSES), until: IsoTimeSchema }))
      .meta({ description: 'For which classes of action no further proof is needed, and until when.' }),
  })
  .meta({ id: 'Session', description: 'Who is signed in, for which accounts.' });
export type Session = z.infer<typeof SessionSchema>;

export const SignInBodySchema = z.strictObject({ email, password }).meta({ id: 'SignInBody' });
export type SignInBody = z.infer<typeof SignInBodySchema>;

export const SignInSchema = z
  .union([
    SessionSchema.extend({ state: z.literal('signed_in') }),
    z.object({ state: z.literal('second_factor') }),
  ])
  .meta({ id: 'SignIn', description: 'Signed in, or the second factor is waited for.' });
export type SignIn = z.infer<typeof SignInSchema>;

export const SecondFactorBodySchema = z
  .union([z.strictObject({ code }), z.strictObject({ recoveryCode: z.string().max(64) })])
  .meta({ id: 'SecondFactorBody' });
export type SecondFactorBody = z.infer<typeof SecondFactorBodySchema>;

export const StepUpBodySchema = z
  .union([
    z.strictObject({ class: z.enum(STEP_UP_CLASSES), password }),
    z.strictObject({ class: z.enum(STEP_UP_CLASSES), code }),
  ])
  .meta({ id: 'StepUpBody' });
export type StepUpBody = z.infer<typeof StepUpBodySchema>;

export const SessionListSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        current: z.boolean(),
        client: z.string().nullable().meta({ description: 'What the browser calls itself.' }),
        createdAt: IsoTimeSchema,
        seenAt: IsoTimeSchema,
        expiresAt: IsoTimeSchema,
      }),
    ),
  })
  .meta({ id: 'SessionList', description: 'The sessions of the person, the newest seen first.' });
export type SessionList = z.infer<typeof SessionListSchema>;

export const SetupNeededSchema = z
  .object({ needed: z.boolean().meta({ description: "Nobody owns the operator's account yet." }) })
  .meta({ id: 'SetupNeeded' });
export type SetupNeeded = z.infer<typeof SetupNeededSchema>;

export const SetupBodySchema = z
  .strictObject({ token: z.string().max(128), email, name: z.string(), password })
  .meta({ id: 'SetupBody' });
export type SetupBody = z.infer<typeof SetupBodySchema>;
