import {
  type AcceptInvitationBody,
  type ChangePasswordBody,
  type NewSecondFactor,
  NewSecondFactorSchema,
  type ReceivedInvitation,
  ReceivedInvitationSchema,
  type ResetPasswordBody,
  type UpdatePersonBody,
} from '../native/person.ts';
import type { Call } from './call.ts';

/** What a person does with their own way in, and with invitations. Works in pages of the server only, as sessions do. */
export interface PersonClient {
  update(body: UpdatePersonBody): Promise<void>;
  changePassword(body: ChangePasswordBody): Promise<void>;
  /** Sends a link to the address, where it is somebody's; the answer does not tell. */
  forgotPassword(email: string): Promise<void>;
  resetPassword(body: ResetPasswordBody): Promise<void>;
  /** With the token of the link in the mail. */
  verifyEmail(token: string): Promise<void>;
  /** Sends that mail again. */
  sendVerification(): Promise<void>;
  /** Begins to set up a second factor; it counts once a code of it was shown. */
  beginSecondFactor(password: string): Promise<NewSecondFactor>;
  confirmSecondFactor(code: string): Promise<void>;
  removeSecondFactor(password: string): Promise<void>;
  /** What the link in the mail invites to. */
  invitation(token: string): Promise<ReceivedInvitation>;
  acceptInvitation(body: AcceptInvitationBody): Promise<void>;
}

export function createPersonClient(call: Call): PersonClient {
  const send = async (method: string, path: string, body?: unknown): Promise<void> => {
    await call<undefined>(method, path, null, { body });
  };
  return {
    update: (body) => send('PATCH', '/v1/person', body),
    changePassword: (body) => send('POST', '/v1/password', body),
    forgotPassword: (email) => send('POST', '/v1/password/forgotten', { email }),
    resetPassword: (body) => send('POST', '/v1/password/reset', body),
    verifyEmail: (token) => send('POST', '/v1/email/verify', { token }),
    sendVerification: () => send('POST', '/v1/email/verification'),
    beginSecondFactor: async (password) =>
      (await call('POST', '/v1/second-factor', NewSecondFactorSchema, { body: { password } })).value,
    confirmSecondFactor: (code) => send('POST', '/v1/second-factor/confirm', { code }),
    removeSecondFactor: (password) => send('DELETE', '/v1/second-factor', { password }),
    invitation: async (token) =>
      (await call('POST', '/v1/invitations/look', ReceivedInvitationSchema, { body: { token } })).value,
    acceptInvitation: (body) => send('POST', '/v1/invitations/accept', body),
  };
}
