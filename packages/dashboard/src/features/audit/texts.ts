import { defineTexts } from '../../language/define-texts.ts';

export const useAuditTexts = defineTexts({
  en: async () => (await import('../../messages/en/audit.ts')).audit,
  zh: async () => (await import('../../messages/zh/audit.ts')).audit,
});
