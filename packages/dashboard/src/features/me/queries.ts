import type { ChangePasswordBody, NewSecondFactor, UpdatePersonBody } from '@latchkey/wire/native';
import { queryOptions, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { clientFor } from '../../api/client.ts';
import { sessionQuery } from '../../session/session-query.ts';
import { useStepUp } from '../../session/step-up.tsx';

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => clientFor().native.session.list(),
});

/** A change to the person; who is signed in, and where, is asked for again afterwards. */
function usePersonChange<Given, Result>(
  change: (given: Given) => Promise<Result>,
): UseMutationResult<Result, Error, Given> {
  const queryClient = useQueryClient();
  const withStepUp = useStepUp();
  return useMutation({
    mutationFn: (given: Given) => withStepUp(() => change(given)),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
        queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
      ]),
  });
}

export function useUpdatePerson(): UseMutationResult<void, Error, UpdatePersonBody> {
  return usePersonChange((body) => clientFor().native.person.update(body));
}

export function useSendVerification(): UseMutationResult<void, Error, void> {
  return usePersonChange(() => clientFor().native.person.sendVerification());
}

export function useChangePassword(): UseMutationResult<void, Error, ChangePasswordBody> {
  return usePersonChange((body) => clientFor().native.person.changePassword(body));
}

export function useBeginSecondFactor(): UseMutationResult<NewSecondFactor, Error, string> {
  return usePersonChange((password) => clientFor().native.person.beginSecondFactor(password));
}

export function useConfirmSecondFactor(): UseMutationResult<void, Error, string> {
  return usePersonChange((code) => clientFor().native.person.confirmSecondFactor(code));
}

export function useRemoveSecondFactor(): UseMutationResult<void, Error, string> {
  return usePersonChange((password) => clientFor().native.person.removeSecondFactor(password));
}

export function useEndSession(): UseMutationResult<void, Error, string> {
  return usePersonChange((id) => clientFor().native.session.end(id));
}

export function useEndOtherSessions(): UseMutationResult<void, Error, void> {
  return usePersonChange(() => clientFor().native.session.endOthers());
}
