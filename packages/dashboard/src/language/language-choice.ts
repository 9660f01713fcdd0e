/** The languages that every text of the dashboard exists in. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** As `<html lang>` and `Intl` want it. */
export const LOCALE_OF = { en: 'en', zh: 'zh-Hans' } as const satisfies Record<Language, string>;

/** Read by `public/before-first-paint.js` too. */
const KEY = 'latchkey.language';

/** What was chosen in this browser, or else the first of the browser's languages that is spoken here, or English. */
export function initialLanguage(): Language {
  const wanted = [chosenLanguage(), ...navigator.languages];
  for (const tag of wanted) {
    const language = LANGUAGES.find((each) => tag?.toLowerCase().split('-')[0] === each);
    if (language !== undefined) return language;
  }
  return 'en';
}

/** Undefined: nobody chose in this browser. */
export function chosenLanguage(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberLanguage(language: Language): void {
  document.documentElement.lang = LOCALE_OF[language];
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage is forbidden here: the choice holds for this page.
  }
}
