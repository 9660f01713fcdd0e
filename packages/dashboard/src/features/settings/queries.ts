import type { NativeToken } from '@latchkey/wire/native';
import { queryOptions } from '@tanstack/react-query';
import { clientFor } from '../../api/client.ts';

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
