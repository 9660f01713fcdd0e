import { defineTexts } from '../../language/define-texts.ts';

export const useMeTexts = defineTexts({
  en: async () => (await import('../../messages/en/me.ts')).me,
  zh: async () => (await import('../../messages/zh/me.ts')).me,
});
