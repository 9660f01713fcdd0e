import { LatchkeyApiError } from '@latchkey/wire/client';
import type { ChangeRotationBody, RotatedToken, Rotation } from '@latchkey/wire/native';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { clientFor } from '../../../api/client.ts';
import { useStepUp } from '../../../session/step-up.tsx';

/** Due tokens are looked at each second. */
const UNDER_WAY_MS = 2000;

/** The rotation that a token is in, or the one that ended it, by the id of either token; null: there is none. */
export function rotationQuery(account: string, token: string) {
  return queryOptions({
    queryKey: ['account', account, 'tokens', 'rotation', token],
    queryFn: async (): Promise<Rotation | null> => {
      try {
        return await clientFor(account).native.tokens.rotation(token);
      } catch (error) {
        if (error instanceof LatchkeyApiError && error.code === 'rotation_not_found') return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.data && state.data.retired === undefined ? UNDER_WAY_MS : false),
  });
}

function useTokensChanged(account: string): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['account', account, 'tokens'] });
}

/**
 * Makes the successor; the same `key` makes it once. The answer goes to `onMade` alone: what a mutation gives back is kept by the query
 * client, and a secret must not be.
 */
export function useRotateToken(account: string, id: string, onMade: (successor: RotatedToken) => void) {
  const withStepUp = useStepUp();
  const changed = useTokensChanged(account);
  return useMutation({
    gcTime: 0,
    async mutationFn({ term, key }: { readonly term: ChangeRotationBody; readonly key: string }) {
      const { tokens } = clientFor(account).native;
      const { successor } = await withStepUp(() => tokens.rotate(id, term, { idempotencyKey: key }));
      onMade(successor);
    },
    onSuccess: changed,
  });
}

/** Another term, counted from now. */
export function useChangeRotation(account: string, id: string) {
  const withStepUp = useStepUp();
  const changed = useTokensChanged(account);
  return useMutation({
    mutationFn: (term: ChangeRotationBody) =>
      withStepUp(() => clientFor(account).native.tokens.changeRotation(id, term)),
    onSuccess: changed,
  });
}

/** The old token stays; the successor is revoked or kept. Undefined: revoked, and refused with `successor_in_use` where it was used. */
export function useUndoRotation(account: string, id: string) {
  const withStepUp = useStepUp();
  const changed = useTokensChanged(account);
  return useMutation({
    mutationFn: (successor: 'revoke' | 'keep' | undefined) =>
      withStepUp(() =>
        clientFor(account).native.tokens.undoRotation(id, successor === undefined ? {} : { successor }),
      ),
    onSuccess: changed,
  });
}
