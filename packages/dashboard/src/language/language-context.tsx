import {
  createContext,
  type ReactElement,
  type ReactNode,
  use,
  useMemo,
  useState,
  useTransition,
} from 'react';
import { initialLanguage, type Language, LOCALE_OF, rememberLanguage } from './language-choice.ts';

export interface LanguageState {
  readonly language: Language;
  /** For `Intl`. */
  readonly locale: string;
  /** The page stays as it is until the texts of the other language are there. */
  readonly changeLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageState | undefined>(undefined);

export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [language, setLanguage] = useState(initialLanguage);
  const [, startTransition] = useTransition();
  const state = useMemo<LanguageState>(
    () => ({
      language,
      locale: LOCALE_OF[language],
      changeLanguage(next) {
        rememberLanguage(next);
        startTransition(() => setLanguage(next));
      },
    }),
    [language],
  );
  return <LanguageContext value={state}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageState {
  const state = use(LanguageContext);
  if (state === undefined) throw new TypeError('no LanguageProvider above');
  return state;
}
