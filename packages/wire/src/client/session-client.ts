import {
  type AcceptInvitationBody,
  type ChangePasswordBody,
  type ConfirmSecondFactorBody,
  type ForgottenPasswordBody,
  type NewSecondFactor,
  NewSecondFactorSchema,
  type OwnPasswordBody,
  type ReceivedInvitation,
  ReceivedInvitationSchema,
  type ResetPasswordBody,
  type UpdatePersonBody,
  type VerifyEmailBody,
} from '../native/person.ts';
import {
  type SecondFactorBody,
  type Session,
  type SessionList,
  SessionListSchema,
  SessionSchema,
  type SetupBody,
  type SetupNeeded,
  SetupNeededSchema,
  type SignIn,
  type SignInBody,
  SignInSchema,
  type StepUpBody,
} from '../native/session.ts';
import type { Call } from './call.ts';

/** Sign-in and sessions. The browser keeps the session in a cookie that no script reads, so these work only in pages of the server. */
export interface SessionClient {
  signIn(body: SignInBody): Promise<SignIn>;
  finishSignIn(body: SecondFactorBody): Promise<Session>;
  /** Rejects with `not_signed_in` where nobody is. */
  get(): Promise<Session>;
  signOut(): Promise<void>;
  /** Proves again who is signed in, for one class of action. */
  stepUp(body: StepUpBody): Promise<Session>;
  list(): Promise<SessionList>;
  end(id: string): Promise<void>;
  /** All but the one of the call. */
  endOthers(): Promise<void>;
  setupNeeded(): Promise<SetupNeeded>;
  setUp(body: SetupBody): Promise<Session>;
  /** Sends a mail where there is such a person. */
  forgottenPassword(body: ForgottenPasswordBody): Promise<void>;
  resetPassword(body: ResetPasswordBody): Promise<void>;
  changePassword(body: ChangePasswordBody): Promise<void>;
  sendVerification(): Promise<void>;
  verifyEmail(body: VerifyEmailBody): Promise<void>;
  beginSecondFactor(body: OwnPasswordBody): Promise<NewSecondFactor>;
  confirmSecondFactor(body: ConfirmSecondFactorBody): Promise<void>;
  removeSecondFactor(body: OwnPasswordBody): Promise<void>;
  updatePerson(body: UpdatePersonBody): Promise<Session>;
  /** By the end of the link in the mail. */
  invitation(token: string): Promise<ReceivedInvitation>;
  acceptInvitation(body: AcceptInvitationBody): Promise<Session>;
}

export function createSessionClient(call: Call): SessionClient {
  async function send(method: string, path: string, body?: unknown): Promise<void> {
    await call<undefined>(method, path, null, { body });
  }
  return {
    signIn: async (body) => (await call('POST', '/v1/session', SignInSchema, { body })).value,
    finishSignIn: async (body) =>
      (await call('POST', '/v1/session/second-factor', SessionSchema, { body })).value,
    get: async () => (await call('GET', '/v1/session', SessionSchema)).value,
    signOut: () => send('DELETE', '/v1/session'),
    stepUp: async (body) => (await call('POST', '/v1/session/step-up', SessionSchema, { body })).value,
    list: async () => (await call('GET', '/v1/sessions', SessionListSchema)).value,
    end: (id) => send('DELETE', `/v1/sessions/${encodeURIComponent(id)}`),
    endOthers: () => send('DELETE', '/v1/sessions'),
    setupNeeded: async () => (await call('GET', '/v1/setup', SetupNeededSchema)).value,
    setUp: async (body) => (await call('POST', '/v1/setup', SessionSchema, { body })).value,
    forgottenPassword: (body) => send('POST', '/v1/password/forgotten', body),
    resetPassword: (body) => send('POST', '/v1/password/reset', body),
    changePassword: (body) => send('POST', '/v1/password', body),
    sendVerification: () => send('POST', '/v1/email/verification'),
    verifyEmail: (body) => send('POST', '/v1/email/verify', body),
    beginSecondFactor: async (body) =>
      (await call('POST', '/v1/second-factor', NewSecondFactorSchema, { body })).value,
    confirmSecondFactor: (body) => send('POST', '/v1/second-factor/confirm', body),
    removeSecondFactor: (body) => send('DELETE', '/v1/second-factor', body),
    updatePerson: async (body) => (await call('PATCH', '/v1/person', SessionSchema, { body })).value,
    invitation: async (token) =>
      (await call('POST', '/v1/invitations/look', ReceivedInvitationSchema, { body: { token } })).value,
    acceptInvitation: async (body) =>
      (await call('POST', '/v1/invitations/accept', SessionSchema, { body })).value,
  };
}
