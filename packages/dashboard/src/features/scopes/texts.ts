import { defineTexts } from '../../language/define-texts.ts';

export const useScopesTexts = defineTexts({
  en: async () => (await import('../../messages/en/scopes.ts')).scopes,
  zh: async () => (await import('../../messages/zh/scopes.ts')).scopes,
});
