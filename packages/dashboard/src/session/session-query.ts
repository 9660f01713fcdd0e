import { LatchkeyApiError } from '@latchkey/wire/client';
import { queryOptions } from '@tanstack/react-query';
import { clientFor } from '../api/client.ts';

/** Who is signed in. Its failure with status 401 means: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => clientFor().native.session.get(),
  staleTime: 60_000,
  // Whoever is not signed in is shown the way in at once.
  retry: (count, error) => count < 2 && !(error instanceof LatchkeyApiError),
});
