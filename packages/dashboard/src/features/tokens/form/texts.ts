import { defineTexts } from '../../../language/define-texts.ts';

export const useTokenFormTexts = defineTexts({
  en: async () => (await import('../../../messages/en/token-form.ts')).tokenForm,
  zh: async () => (await import('../../../messages/zh/token-form.ts')).tokenForm,
});
