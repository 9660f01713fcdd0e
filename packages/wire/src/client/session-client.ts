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
}

export function createSessionClient(call: Call): SessionClient {
  return {
    signIn: async (body) => (await call('POST', '/v1/session', SignInSchema, { body })).value,
    finishSignIn: async (body) =>
      (await call('POST', '/v1/session/second-factor', SessionSchema, { body })).value,
    get: async () => (await call('GET', '/v1/session', SessionSchema)).value,
    signOut: async () => void (await call<undefined>('DELETE', '/v1/session', null)),
    stepUp: async (body) => (await call('POST', '/v1/session/step-up', SessionSchema, { body })).value,
    list: async () => (await call('GET', '/v1/sessions', SessionListSchema)).value,
    end: async (id) => void (await call<undefined>('DELETE', `/v1/sessions/${encodeURIComponent(id)}`, null)),
    endOthers: async () => void (await call<undefined>('DELETE', '/v1/sessions', null)),
    setupNeeded: async () => (await call('GET', '/v1/setup', SetupNeededSchema)).value,
    setUp: async (body) => (await call('POST', '/v1/setup', SessionSchema, { body })).value,
  };
}
