import { defineTexts } from '../../../language/define-texts.ts';

export const useTokenUsageTexts = defineTexts({
  en: async () => (await import('../../../messages/en/token-usage.ts')).tokenUsage,
  zh: async () => (await import('../../../messages/zh/token-usage.ts')).tokenUsage,
});
