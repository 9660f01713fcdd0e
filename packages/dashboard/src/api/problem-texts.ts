import { defineTexts } from '../language/define-texts.ts';
import type { ProblemTexts } from './problem-words.ts';

export const useProblemTexts = defineTexts<ProblemTexts>({
  // The server's own words are the English ones, and know more of the case at hand.
  en: async () => ({ words: {} }),
  zh: async () => (await import('../messages/zh/problems.ts')).problems,
});
