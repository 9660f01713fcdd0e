import type { Language } from './language-choice.ts';

/** Each language by its own name, whatever the page is in. */
export const NAME_OF_LANGUAGE = { en: 'English', zh: '简体中文' } as const satisfies Record<Language, string>;
