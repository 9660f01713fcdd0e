import { defineTexts } from '../../language/define-texts.ts';

export const useSignInTexts = defineTexts({
  en: async () => (await import('../../messages/en/sign-in.ts')).signIn,
  zh: async () => (await import('../../messages/zh/sign-in.ts')).signIn,
});
