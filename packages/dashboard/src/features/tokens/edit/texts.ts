import { defineTexts } from '../../../language/define-texts.ts';

export const useTokenEditTexts = defineTexts({
  en: async () => (await import('../../../messages/en/token-edit.ts')).tokenEdit,
  zh: async () => (await import('../../../messages/zh/token-edit.ts')).tokenEdit,
});
