/** The languages that every message exists in. */
export const languages = ['en', 'zh'] as const;

export type Language = (typeof languages)[number];

/**
 * Reads a language tag or a POSIX locale: `zh`, `zh-CN`, `zh_CN.UTF-8`, `en_GB`, `C`, `POSIX`.
 * Undefined for languages that there are no messages in. Every Chinese locale gets 简体中文, the nearest there is.
 */
export function parseLanguage(tag: string): Language | undefined {
  const primary = tag
    .trim()
    .toLowerCase()
    .split(/[-_.@]/, 1)[0];
  if (primary === 'c' || primary === 'posix') return 'en';
  return languages.find((language) => language === primary);
}

/**
 * Chooses by `LATCHKEY_LANG`, then as POSIX does by `LC_ALL`, `LC_MESSAGES`, `LANG`; the first that is set decides.
 * English where none is set or where that language is not spoken here.
 */
export function chooseLanguage(environment: Readonly<Record<string, string | undefined>>): Language {
  const { LATCHKEY_LANG, LC_ALL, LC_MESSAGES, LANG } = environment;
  const tag = [LATCHKEY_LANG, LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  return tag === undefined ? 'en' : (parseLanguage(tag) ?? 'en');
}
