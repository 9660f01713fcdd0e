import { english } from './en/english.ts';
import type { Language } from './language.ts';
import type { Translated } from './translated.ts';
import { chinese } from './zh/chinese.ts';

/** Every message, by subject. A message with parameters is a function of them. */
export type Messages = Translated<typeof english>;

const catalogue = { en: english, zh: chinese } satisfies Record<Language, Messages>;

/** All messages in one language: `messagesIn('zh').token.revoked({ id })`. */
export function messagesIn(language: Language): Messages {
  return catalogue[language];
}
