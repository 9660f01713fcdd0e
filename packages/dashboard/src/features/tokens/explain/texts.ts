import { defineTexts } from '../../../language/define-texts.ts';

export const useExplainTexts = defineTexts({
  en: async () => (await import('../../../messages/en/explain.ts')).explain,
  zh: async () => (await import('../../../messages/zh/explain.ts')).explain,
});
