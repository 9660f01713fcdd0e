import { defineTexts } from '../language/define-texts.ts';

export const useUiTexts = defineTexts({
  en: async () => (await import('../messages/en/ui.ts')).ui,
  zh: async () => (await import('../messages/zh/ui.ts')).ui,
});
