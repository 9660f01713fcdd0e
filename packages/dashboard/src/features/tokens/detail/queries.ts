import { LatchkeyApiError } from '@latchkey/wire/client';
import type {
  AuditEntry,
  NativeToken,
  TokenReceipt,
  TokenUsers,
  UpdateNativeTokenBody,
} from '@latchkey/wire/native';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { clientFor } from '../../../api/client.ts';
import { useStepUp } from '../../../session/step-up.tsx';

/** As often as verifiers report. */
const REPORTS_MS = 10_000;
/** While a change is on its way to verifiers. */
const UNDER_WAY_MS = 1000;
const CHANGES_SHOWN = 8;

/** One token of the account, revoked ones too. */
export function tokenQuery(account: string, id: string) {
  return queryOptions({
    queryKey: ['account', account, 'tokens', 'one', id],
    queryFn: (): Promise<NativeToken> => clientFor(account).native.tokens.get(id),
    refetchInterval: REPORTS_MS,
  });
}

/** Where verifiers stand with the token's last change; null: nothing is known of it. Asked again until it is in force everywhere. */
export function receiptQuery(account: string, { id, revision }: Pick<NativeToken, 'id' | 'revision'>) {
  return queryOptions({
    queryKey: ['account', account, 'tokens', 'one', id, 'receipt', revision],
    queryFn: async (): Promise<TokenReceipt | null> => {
      try {
        return await clientFor(account).native.tokens.receipt(id);
      } catch (error) {
        if (error instanceof LatchkeyApiError && error.code === 'revision_not_found') return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.data?.complete === false ? UNDER_WAY_MS : REPORTS_MS),
  });
}

/** The newest changes of the token. */
export function changesQuery(account: string, id: string) {
  return queryOptions({
    queryKey: ['account', account, 'tokens', 'one', id, 'changes'],
    queryFn: async (): Promise<readonly AuditEntry[]> => {
      const { items } = await clientFor(account).native.audit({ account, subject: id, limit: CHANGES_SHOWN });
      return items;
    },
  });
}

/** The entry of the token's creation; null: it is older than the log. */
export function creationQuery(account: string, id: string) {
  return queryOptions({
    queryKey: ['account', account, 'tokens', 'one', id, 'creation'],
    queryFn: async (): Promise<AuditEntry | null> => {
      const query = { account, subject: id, action: 'token.create', limit: 1 } as const;
      const { items } = await clientFor(account).native.audit(query);
      return items[0] ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Who used it in the last days. */
export function usersQuery(account: string, id: string, days = 30) {
  return queryOptions({
    queryKey: ['account', account, 'tokens', 'one', id, 'users', days],
    queryFn: (): Promise<TokenUsers> => clientFor(account).native.tokenUsers(id, { days }),
    refetchInterval: REPORTS_MS,
  });
}

/** Changes the token; asks for the password again where the change widens it. */
export function useUpdateToken(account: string, id: string) {
  const withStepUp = useStepUp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateNativeTokenBody) =>
      withStepUp(() => clientFor(account).native.tokens.update(id, body)),
    // The answer to a change holds less than the page shows.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['account', account, 'tokens'] }),
  });
}

/** Revokes the token for good. */
export function useRevokeToken(account: string, id: string) {
  const withStepUp = useStepUp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => withStepUp(() => clientFor(account).native.tokens.revoke(id)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['account', account, 'tokens'] }),
  });
}
