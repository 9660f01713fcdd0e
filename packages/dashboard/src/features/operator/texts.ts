import { defineTexts } from '../../language/define-texts.ts';

export const useOperatorTexts = defineTexts({
  en: async () => (await import('../../messages/en/operator.ts')).operator,
  zh: async () => (await import('../../messages/zh/operator.ts')).operator,
});
