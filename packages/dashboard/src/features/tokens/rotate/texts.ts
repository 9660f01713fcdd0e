import { defineTexts } from '../../../language/define-texts.ts';

export const useTokenRotateTexts = defineTexts({
  en: async () => (await import('../../../messages/en/token-rotate.ts')).tokenRotate,
  zh: async () => (await import('../../../messages/zh/token-rotate.ts')).tokenRotate,
});
