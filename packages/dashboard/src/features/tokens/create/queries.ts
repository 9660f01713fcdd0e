import type { NativeToken } from '@latchkey/wire/native';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { submissionKeys } from '../../../api/submission-keys.ts';
import { useStepUp } from '../../../session/step-up.tsx';
import { useAccount, useAccountClient } from '../../../session/use-session.ts';
import { bodyOf, type TokenDraft } from '../form/token-draft.ts';

/**
 * Makes the token of one form, after a confirmation where the server asks for one. The answer goes to `onMade` alone: what a
 * mutation gives back is kept by the query client, and a secret must not be.
 */
export function useCreateToken(
  onMade: (token: NativeToken) => void,
): UseMutationResult<void, Error, TokenDraft> {
  const client = useAccountClient();
  const { name: account } = useAccount();
  const withStepUp = useStepUp();
  const queryClient = useQueryClient();
  const [keys] = useState(() => submissionKeys());
  return useMutation({
    gcTime: 0,
    async mutationFn(draft: TokenDraft) {
      const body = bodyOf(draft);
      const idempotencyKey = keys.keyFor(body);
      onMade(await withStepUp(() => client.native.tokens.create(body, { idempotencyKey })));
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['account', account, 'tokens'] }),
  });
}
