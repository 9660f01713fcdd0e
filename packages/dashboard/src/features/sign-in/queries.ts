import type { AcceptInvitationBody, Session, SetupBody, SignIn } from '@latchkey/wire/native';
import { queryOptions, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { clientFor } from '../../api/client.ts';
import { sessionQuery } from '../../session/session-query.ts';
import { keepInvitation } from './kept-invitation.ts';

/** Failures of these calls belong to their form: nobody was signed in before. */
const meta = { isSignIn: true } as const;

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export type SecondFactor = { readonly code: string } | { readonly recoveryCode: string };

/** Forgets what another person saw in this page, then keeps who is signed in now. */
function useTakeSession(): (session: Session) => void {
  const queryClient = useQueryClient();
  return (session) => {
    queryClient.clear();
    queryClient.setQueryData(sessionQuery.queryKey, session);
  };
}

export function useSignIn(): UseMutationResult<SignIn, Error, Credentials> {
  const takeSession = useTakeSession();
  return useMutation({
    meta,
    mutationFn: (credentials: Credentials) => clientFor().native.session.signIn(credentials),
    onSuccess(answer) {
      if (answer.state === 'signed_in') takeSession(answer);
    },
  });
}

export function useSecondFactor(): UseMutationResult<Session, Error, SecondFactor> {
  const onSuccess = useTakeSession();
  return useMutation({
    meta,
    mutationFn: (given: SecondFactor) => clientFor().native.session.finishSignIn(given),
    onSuccess,
  });
}

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => clientFor().native.session.setupNeeded(),
});

export function useSetUp(): UseMutationResult<Session, Error, SetupBody> {
  const onSuccess = useTakeSession();
  return useMutation({
    meta,
    mutationFn: (body: SetupBody) => clientFor().native.session.setUp(body),
    onSuccess,
  });
}

/** What the link in the mail invites to. */
export function invitationQuery(token: string) {
  return queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => clientFor().native.person.invitation(token),
    retry: false,
  });
}

/** Who is signed in, on a page that anybody may open; null: nobody. */
export const maybeSessionQuery = queryOptions({
  queryKey: ['session', 'maybe'],
  queryFn: (): Promise<Session | null> =>
    clientFor()
      .native.session.get()
      .catch(() => null),
});

type Newcomer = Omit<AcceptInvitationBody, 'token'>;

export function useAcceptInvitation(token: string): UseMutationResult<Session, Error, Newcomer> {
  const onSuccess = useTakeSession();
  return useMutation({
    meta,
    mutationFn: async (given: Newcomer) => {
      const { native } = clientFor();
      await native.person.acceptInvitation({ token, ...given });
      keepInvitation(undefined);
      return native.session.get();
    },
    onSuccess,
  });
}

export function useSignOut(): UseMutationResult<void, Error, void> {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => clientFor().native.session.signOut(),
    onSuccess: () => queryClient.resetQueries(),
  });
}

export function useForgottenPassword(): UseMutationResult<void, Error, string> {
  return useMutation({
    meta,
    mutationFn: (email: string) => clientFor().native.person.forgotPassword(email),
  });
}

export function useResetPassword(token: string): UseMutationResult<void, Error, string> {
  return useMutation({
    meta,
    mutationFn: (password: string) => clientFor().native.person.resetPassword({ token, password }),
  });
}

/** A query and not a mutation: opening the link is all that the reader does. */
export function verifyEmailQuery(token: string) {
  return queryOptions({
    queryKey: ['verify-email', token],
    queryFn: async () => {
      await clientFor().native.person.verifyEmail(token);
      return true;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
