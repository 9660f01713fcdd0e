export { type Messages, messagesIn } from './catalogue.ts';
export { chooseLanguage, type Language, languages, parseLanguage } from './language.ts';
export type { Translated } from './translated.ts';
