import { defineTexts } from '../../../language/define-texts.ts';

export const useTokenListTexts = defineTexts({
  en: async () => (await import('../../../messages/en/token-list.ts')).tokenList,
  zh: async () => (await import('../../../messages/zh/token-list.ts')).tokenList,
});
