import type { NativeToken } from '@latchkey/wire/native';
import { queryOptions, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { clientFor } from '../../api/client.ts';
import { sessionQuery } from '../../session/session-query.ts';
import { useStepUp } from '../../session/step-up.tsx';
import { useSession } from '../../session/use-session.ts';

/** The public token that the account has from its beginning; undefined where it was revoked. */
export function defaultTokenQuery(account: string) {
  return queryOptions({
    queryKey: ['account', account, 'default-token'],
    queryFn: async (): Promise<NativeToken | null> => {
      const { items } = await clientFor(account).native.tokens.list({ default: true, limit: 1 });
      return items[0] ?? null;
    },
  });
}

/** Takes the reader out of the account; the last owner is refused. */
export function useLeaveAccount(account: string): UseMutationResult<void, Error, void> {
  const { person } = useSession();
  const withStepUp = useStepUp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => withStepUp(() => clientFor(account).native.members.remove(person.id)),
    // The page of the account is left before who is signed in is asked for again.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey, refetchType: 'none' }),
  });
}
