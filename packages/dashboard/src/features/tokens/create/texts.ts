import { defineTexts } from '../../../language/define-texts.ts';

export const useTokenCreateTexts = defineTexts({
  en: async () => (await import('../../../messages/en/token-create.ts')).tokenCreate,
  zh: async () => (await import('../../../messages/zh/token-create.ts')).tokenCreate,
});
