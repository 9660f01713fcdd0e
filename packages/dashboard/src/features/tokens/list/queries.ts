import type { NativeToken, Revocations } from '@latchkey/wire/native';
import {
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useStepUp } from '../../../session/step-up.tsx';
import { useAccount, useAccountClient } from '../../../session/use-session.ts';
import type { ListSearch } from './list-search.ts';
import type { RevocationChoice } from './revocation.ts';
import { tokenQuery } from './token-query.ts';

/** The first page fills the tallest screen, and no second one is asked for before it scrolls; what follows comes in larger steps. */
const FIRST = 100;
const NEXT = 500;

/**
 * The account's tokens that fit, page after page. The cursors are the server's: no token comes twice and none that was there all
 * the time is skipped, whatever is made and revoked meanwhile.
 */
export function useTokens(search: ListSearch): UseInfiniteQueryResult<readonly NativeToken[]> {
  const client = useAccountClient();
  const { name: account } = useAccount();
  const query = tokenQuery(search);
  return useInfiniteQuery({
    queryKey: ['account', account, 'tokens', 'list', query],
    queryFn: ({ pageParam }) =>
      client.native.tokens.list({
        ...query,
        limit: pageParam === undefined ? FIRST : NEXT,
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    // The rows stay while a search or filter is looked up.
    placeholderData: keepPreviousData,
  });
}

/** What revoking these would stop, as it is now: never from an earlier look. */
export function useRevocationPreview(choice: RevocationChoice): UseQueryResult<Revocations> {
  const client = useAccountClient();
  const { name: account } = useAccount();
  return useQuery({
    queryKey: ['account', account, 'revocation', choice],
    queryFn: () => client.native.tokens.revokeMany({ ...choice, dryRun: true }),
    gcTime: 0,
    staleTime: 0,
  });
}

/** Revokes what was looked at: where other tokens fit by now than the preview told, none are. */
export function useRevoke(
  choice: RevocationChoice,
  onRevoked: (count: number) => void,
): UseMutationResult<Revocations, Error, number> {
  const client = useAccountClient();
  const { name: account } = useAccount();
  const withStepUp = useStepUp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (expected: number) =>
      withStepUp(() => client.native.tokens.revokeMany({ ...choice, expected })),
    async onSuccess({ count }) {
      await queryClient.invalidateQueries({ queryKey: ['account', account, 'tokens'] });
      onRevoked(count);
    },
  });
}
