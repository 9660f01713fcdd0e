import { defineTexts } from '../language/define-texts.ts';

export const useShellTexts = defineTexts({
  en: async () => (await import('../messages/en/shell.ts')).shell,
  zh: async () => (await import('../messages/zh/shell.ts')).shell,
});
