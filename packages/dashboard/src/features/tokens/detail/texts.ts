import { defineTexts } from '../../../language/define-texts.ts';

export const useTokenPageTexts = defineTexts({
  en: async () => (await import('../../../messages/en/token-page.ts')).tokenPage,
  zh: async () => (await import('../../../messages/zh/token-page.ts')).tokenPage,
});
