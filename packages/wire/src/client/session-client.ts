import {
  type Session,
  SessionSchema,
  type SignedIn,
  SignedInSchema,
  type StepUpClass,
} from '../native/session.ts';
import type { Call } from './call.ts';

export type StepUpBody =
  | { readonly class: StepUpClass; readonly password: string }
  | { readonly class: StepUpClass; readonly code: string };

/** A person's own session in a browser. Every method rejects with `LatchkeyApiError` or `LatchkeyUnreachableError`. */
export interface SessionClient {
  /** Refused with 401 where nobody is signed in. */
  get(): Promise<Session>;
  signIn(body: { readonly email: string; readonly password: string }): Promise<SignedIn>;
  /** After `signIn` answered `second_factor`. */
  secondFactor(body: { readonly code: string } | { readonly recoveryCode: string }): Promise<SignedIn>;
  signOut(): Promise<void>;
  /** Confirms who it is, for one class of actions; the session's cookie changes with it. */
  stepUp(body: StepUpBody): Promise<Session>;
}

export function createSessionClient(call: Call): SessionClient {
  return {
    get: async () => (await call('GET', '/v1/session', SessionSchema)).value,
    signIn: async (body) => (await call('POST', '/v1/session', SignedInSchema, { body })).value,
    secondFactor: async (body) =>
      (await call('POST', '/v1/session/second-factor', SignedInSchema, { body })).value,
    signOut: async () => {
      await call<undefined>('DELETE', '/v1/session', null);
    },
    stepUp: async (body) => (await call('POST', '/v1/session/step-up', SessionSchema, { body })).value,
  };
}
