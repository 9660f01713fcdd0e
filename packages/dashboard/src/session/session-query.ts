import { queryOptions } from '@tanstack/react-query';
import { clientFor } from '../api/client.ts';

/** Who is signed in. Its failure with status 401 means: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => clientFor().native.session.get(),
  staleTime: 60_000,
});
