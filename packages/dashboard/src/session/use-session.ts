import type { Client } from '@latchkey/wire/client';
import type { Session } from '@latchkey/wire/native';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { clientFor } from '../api/client.ts';
import { sessionQuery } from './session-query.ts';

export type SessionAccount = Session['accounts'][number];

/** Who is signed in. For screens behind the sign-in only. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** The account that the address names, with the reader's role in it; undefined on pages that are about none. */
export function useCurrentAccount(): SessionAccount | undefined {
  const { account } = useParams({ strict: false });
  return useSession().accounts.find(({ name }) => name === account);
}

/** The same, on pages below `/a/<account>`. */
export function useAccount(): SessionAccount {
  const account = useCurrentAccount();
  if (account === undefined) throw new TypeError('this page is about no account');
  return account;
}

/** The API for the account of this page. For a feature's `queries.ts`. */
export function useAccountClient(): Client {
  return clientFor(useAccount().name);
}
