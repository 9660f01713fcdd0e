import type { AnyExplainBody, Explanation, NativeToken } from '@latchkey/wire/native';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { clientFor } from '../../../api/client.ts';

/** Tokens to choose from, the newest first. */
export function choosableTokensQuery(account: string) {
  return queryOptions({
    queryKey: ['account', account, 'tokens', 'choosable'],
    queryFn: async (): Promise<readonly NativeToken[]> => {
      const { items } = await clientFor(account).native.tokens.list({ limit: 200 });
      return items;
    },
  });
}

export interface Explained {
  readonly explanation: Explanation;
  /** The token as it is now; undefined where none was found. */
  readonly token: NativeToken | undefined;
}

/** Asks for the decision, and for the token that it is about. */
export function useExplain(account: string) {
  return useMutation({
    // A request may hold a token's text.
    gcTime: 0,
    async mutationFn(body: AnyExplainBody): Promise<Explained> {
      const { native } = clientFor(account);
      const explanation = await native.explain(body);
      const { token } = explanation;
      const known = token?.account === account ? await native.tokens.get(token.id) : undefined;
      return { explanation, token: known };
    },
  });
}
