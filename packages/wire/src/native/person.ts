import { ROLES } from '@latchkey/core';
import * as z from 'zod';

const password = z.string().max(1024);
const link = z.string().max(128).meta({ description: 'What stands behind the `#` of the link in the mail.' });

export const ForgottenPasswordBodySchema = z
  .strictObject({ email: z.string().max(254) })
  .meta({ id: 'ForgottenPasswordBody' });
export type ForgottenPasswordBody = z.infer<typeof ForgottenPasswordBodySchema>;

export const ResetPasswordBodySchema = z
  .strictObject({ token: link, password })
  .meta({ id: 'ResetPasswordBody' });
export type ResetPasswordBody = z.infer<typeof ResetPasswordBodySchema>;

export const ChangePasswordBodySchema = z
  .strictObject({ current: password, password })
  .meta({ id: 'ChangePasswordBody' });
export type ChangePasswordBody = z.infer<typeof ChangePasswordBodySchema>;

export const VerifyEmailBodySchema = z.strictObject({ token: link }).meta({ id: 'VerifyEmailBody' });
export type VerifyEmailBody = z.infer<typeof VerifyEmailBodySchema>;

export const OwnPasswordBodySchema = z.strictObject({ password }).meta({ id: 'OwnPasswordBody' });
export type OwnPasswordBody = z.infer<typeof OwnPasswordBodySchema>;

export const NewSecondFactorSchema = z
  .object({
    uri: z.string().meta({ description: 'otpauth://totp/…, for the application that shows codes.' }),
    recoveryCodes: z
      .array(z.string())
      .meta({ description: 'Each stands for one code, once; told here and never again.' }),
  })
  .meta({ id: 'NewSecondFactor' });
export type NewSecondFactor = z.infer<typeof NewSecondFactorSchema>;

export const ConfirmSecondFactorBodySchema = z
  .strictObject({ code: z.string().max(64) })
  .meta({ id: 'ConfirmSecondFactorBody' });
export type ConfirmSecondFactorBody = z.infer<typeof ConfirmSecondFactorBodySchema>;

export const UpdatePersonBodySchema = z
  .strictObject({ name: z.string().optional(), language: z.enum(['en', 'zh']).nullable().optional() })
  .meta({ id: 'UpdatePersonBody' });
export type UpdatePersonBody = z.infer<typeof UpdatePersonBodySchema>;

export const ReceivedInvitationSchema = z
  .object({
    account: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    knownPerson: z
      .boolean()
      .meta({ description: 'There is a person with the address: accept when signed in.' }),
  })
  .meta({ id: 'ReceivedInvitation', description: 'What the link in the mail invites to.' });
export type ReceivedInvitation = z.infer<typeof ReceivedInvitationSchema>;

export const LookAtInvitationBodySchema = z
  .strictObject({ token: link })
  .meta({ id: 'LookAtInvitationBody' });
export type LookAtInvitationBody = z.infer<typeof LookAtInvitationBodySchema>;

export const AcceptInvitationBodySchema = z
  .strictObject({ token: link, name: z.string().optional(), password: password.optional() })
  .meta({ id: 'AcceptInvitationBody', description: 'The token alone when signed in.' });
export type AcceptInvitationBody = z.infer<typeof AcceptInvitationBodySchema>;
