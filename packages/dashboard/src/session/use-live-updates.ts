import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followChanges } from '../api/event-stream.ts';

/** However many changes come, what is shown is fetched anew once in so long. */
const REFRESH_MS = 1_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/**
 * Keeps what is shown of an account up to date with changes that are made elsewhere. Only a page that is in sight follows: a browser
 * has few connections to one server, and somebody may have many tabs.
 */
export function useLiveUpdates(account: string | undefined): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (account === undefined) return undefined;
    let ending: AbortController | undefined;
    let refresh: ReturnType<typeof setTimeout> | undefined;
    const fetchAnew = () => {
      refresh ??= setTimeout(() => {
        refresh = undefined;
        void queryClient.invalidateQueries({ queryKey: ['account', account] });
      }, REFRESH_MS);
    };
    const follow = async (signal: AbortSignal, missed: boolean) => {
      let wait = FIRST_RETRY_MS;
      let mayHaveMissed = missed;
      while (!signal.aborted) {
        const end = await followChanges(account, fetchAnew, {
          signal,
          onOpen() {
            wait = FIRST_RETRY_MS;
            if (mayHaveMissed) fetchAnew();
            mayHaveMissed = true;
          },
        });
        if (end === 'refused' || signal.aborted) return;
        await pause(wait, signal);
        wait = Math.min(wait * 2, LAST_RETRY_MS);
      }
    };
    const followWhileSeen = (missed: boolean) => {
      ending?.abort();
      ending = undefined;
      if (document.visibilityState === 'hidden') return;
      ending = new AbortController();
      void follow(ending.signal, missed);
    };
    const onSight = () => followWhileSeen(true);
    followWhileSeen(false);
    document.addEventListener('visibilitychange', onSight);
    return () => {
      document.removeEventListener('visibilitychange', onSight);
      ending?.abort();
      clearTimeout(refresh);
    };
  }, [account, queryClient]);
}

/** Between one half of the time and all of it, so that pages that lost the same server do not come back together. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms * (0.5 + Math.random() / 2));
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}
