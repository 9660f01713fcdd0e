import { useSyncExternalStore } from 'react';

/** Below it the table's columns do not fit beside the menu: `lg` of the styles. */
const NARROW = '(width < 1040px)';

/** Whether the list is drawn as cards. Follows the window. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
