import { defineTexts } from '../language/define-texts.ts';

export const useSessionTexts = defineTexts({
  en: async () => (await import('../messages/en/session.ts')).session,
  zh: async () => (await import('../messages/zh/session.ts')).session,
});
