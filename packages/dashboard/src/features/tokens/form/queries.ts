import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { clientFor } from '../../../api/client.ts';
import { useAccountClient } from '../../../session/use-session.ts';
import type { UrlCheck } from './url-check.ts';

/** Both change with the operator's configuration only. */
const RARELY_MS = 10 * 60_000;

export const servicesQuery = queryOptions({
  queryKey: ['services'],
  queryFn: () => clientFor().native.services(),
  staleTime: RARELY_MS,
});

export const scopesQuery = queryOptions({
  queryKey: ['scopes'],
  queryFn: () => clientFor().native.scopes(),
  staleTime: RARELY_MS,
});

/**
 * What only the server knows of a list of entries. Asked once the list rests for a moment; what was told before stays meanwhile.
 * @param entries canonical
 */
export function useUrlCheck(entries: readonly string[]): UrlCheck {
  const client = useAccountClient();
  const asked = useResting(entries);
  const checked = useQuery({
    queryKey: ['url-check', asked],
    queryFn: () => client.native.tokens.checkUrls({ entries: [...asked] }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
    staleTime: RARELY_MS,
  });
  const readForeign = useCallback(
    async (written: string) => {
      try {
        return (await client.native.tokens.checkUrls({ entries: [written] })).entries[0];
      } catch {
        // It stays refused, as this page alone would have it.
        return undefined;
      }
    },
    [client],
  );
  return { warnings: checked.data?.warnings ?? [], isUnknown: checked.isError, readForeign };
}

const REST_MS = 300;

/** The entries as they were when they last rested so long. */
function useResting(entries: readonly string[]): readonly string[] {
  const joined = entries.join(' ');
  const [rested, setRested] = useState(joined);
  useEffect(() => {
    const timer = setTimeout(() => setRested(joined), REST_MS);
    return () => clearTimeout(timer);
  }, [joined]);
  return useMemo(() => rested.split(' ').filter((entry) => entry !== ''), [rested]);
}
