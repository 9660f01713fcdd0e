import { element } from './element.ts';

export type Theme = 'light' | 'dark';

const KEY = 'latchkey-maps-theme';

/** The theme in force: the one chosen here before, or the system's. */
export function followTheme(onChange: (theme: Theme) => void): Theme {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const button = element('theme', HTMLButtonElement);
  const chosen = localStorage.getItem(KEY);
  let theme: Theme = chosen === 'light' || chosen === 'dark' ? chosen : system.matches ? 'dark' : 'light';
  const show = () => {
    document.documentElement.dataset.theme = theme;
    button.textContent = theme === 'dark' ? '☀' : '☾';
  };
  const change = (to: Theme) => {
    theme = to;
    show();
    onChange(theme);
  };
  button.addEventListener('click', () => {
    change(theme === 'dark' ? 'light' : 'dark');
    localStorage.setItem(KEY, theme);
  });
  system.addEventListener('change', () => {
    if (localStorage.getItem(KEY) === null) change(system.matches ? 'dark' : 'light');
  });
  show();
  return theme;
}
