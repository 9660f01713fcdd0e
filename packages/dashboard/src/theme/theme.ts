import { useSyncExternalStore } from 'react';

/** `system` follows the setting of the reader's machine. */
export type Theme = 'light' | 'dark' | 'system';
export const THEMES = ['light', 'dark', 'system'] as const satisfies readonly Theme[];

/** Read by `public/before-first-paint.js` too. */
const KEY = 'latchkey.theme';
const listeners = new Set<() => void>();

/** The reader's choice and the way to change it; it is remembered in this browser and takes effect at once. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, currentTheme), chooseTheme];
}

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

function chooseTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage is forbidden here: the choice holds for this page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
