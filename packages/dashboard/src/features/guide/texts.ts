import { defineTexts } from '../../language/define-texts.ts';

export const useGuideTexts = defineTexts({
  en: async () => (await import('../../messages/en/guide.ts')).guide,
  zh: async () => (await import('../../messages/zh/guide.ts')).guide,
});
