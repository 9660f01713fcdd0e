import { defineTexts } from '../../language/define-texts.ts';

export const useMembersTexts = defineTexts({
  en: async () => (await import('../../messages/en/members.ts')).members,
  zh: async () => (await import('../../messages/zh/members.ts')).members,
});
