import type { Translated } from '@latchkey/wire/messages';
import { use } from 'react';
import { initialLanguage, type Language } from './language-choice.ts';
import { useLanguage } from './language-context.tsx';

export interface Texts<M> {
  /** The texts in the reader's language; suspends while they are fetched. */
  (): Translated<M>;
  /** Fetches them ahead of the first use. */
  load(language: Language): Promise<Translated<M>>;
}

/**
 * The texts of one feature. English says which there are; a translation that lacks one does not compile. Each language is a file of its
 * own, fetched only where it is read:
 *
 *     export const useTokenTexts = defineTexts({
 *       en: async () => (await import('../../messages/en/tokens.ts')).tokens,
 *       zh: async () => (await import('../../messages/zh/tokens.ts')).tokens,
 *     });
 */
export function defineTexts<M extends object>(loaders: {
  readonly en: () => Promise<M & Translated<M>>;
  readonly zh: () => Promise<Translated<M>>;
}): Texts<M> {
  const loading = new Map<Language, Promise<Translated<M>>>();

  function load(language: Language): Promise<Translated<M>> {
    const running = loading.get(language);
    if (running !== undefined) return running;
    const texts: Promise<Translated<M>> = loaders[language]();
    texts.then(
      // React reads these, so that `use` gives what is there already without suspending.
      (value) => Object.assign(texts, { status: 'fulfilled', value }),
      () => loading.delete(language),
    );
    loading.set(language, texts);
    return texts;
  }

  // Fetched beside the screen that wants them, not after it; whoever uses them is told of a failure.
  load(initialLanguage()).catch(() => undefined);

  function useTexts(): Translated<M> {
    const { language } = useLanguage();
    // Never left away, even where the texts are there: a hook that is called the second time only confuses React (its error 467).
    return use(load(language));
  }
  return Object.assign(useTexts, { load });
}
