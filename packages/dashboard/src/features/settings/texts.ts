import { defineTexts } from '../../language/define-texts.ts';

export const useSettingsTexts = defineTexts({
  en: async () => (await import('../../messages/en/settings.ts')).settings,
  zh: async () => (await import('../../messages/zh/settings.ts')).settings,
});
