import type { SignIn } from '@latchkey/wire/native';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { clientFor } from '../../api/client.ts';
import { sessionQuery } from '../../session/session-query.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export function useSignIn(onSignedIn: () => void): UseMutationResult<SignIn, Error, Credentials> {
  const queryClient = useQueryClient();
  return useMutation({
    meta: { isSignIn: true },
    mutationFn: (credentials: Credentials) => clientFor().native.session.signIn(credentials),
    onSuccess(answer) {
      if (answer.state !== 'signed_in') return;
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, answer);
      onSignedIn();
    },
  });
}
