import { LatchkeyApiError } from '@latchkey/wire/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

const MOST_RETRIES = 2;

/** Told whenever a call is refused because nobody is signed in any more. */
export type OnSignedOut = () => void;

/**
 * What was fetched, kept for the page. A refusal is final; what could not be reached is asked again, twice at most.
 */
export function createQueryClient(onSignedOut: OnSignedOut): QueryClient {
  const watch = (error: unknown) => {
    if (error instanceof LatchkeyApiError && error.status === 401) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => query.queryKey[0] !== 'session' && watch(error),
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => mutation.meta?.isSignIn !== true && watch(error),
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) =>
          isWorthRepeating(error) ? count < MOST_RETRIES : count < 1 && mayHaveCrossed(error),
      },
    },
  });
}

/**
 * Confirming an act again gives the session another cookie; a question that was on its way with the one before is asked once more.
 */
function mayHaveCrossed(error: unknown): boolean {
  return error instanceof LatchkeyApiError && error.code === 'not_signed_in';
}

function isWorthRepeating(error: unknown): boolean {
  return !(error instanceof LatchkeyApiError) || error.status === 503;
}
