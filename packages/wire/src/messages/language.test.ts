import { describe, expect, it } from 'vitest';
import { chooseLanguage, parseLanguage } from './language.ts';

describe('parseLanguage', () => {
  it.each([
    ['en', 'en'],
    ['en_GB.UTF-8', 'en'],
    ['C', 'en'],
    ['C.UTF-8', 'en'],
    ['POSIX', 'en'],
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh_CN.UTF-8', 'zh'],
    ['zh-Hans', 'zh'],
    ['ZH', 'zh'],
  ])('reads %s as %s', (tag, language) => {
    expect(parseLanguage(tag)).toBe(language);
  });

  it.each(['', 'fr', 'fr_FR.UTF-8', 'zhuang', '__proto__', 'english'])(
    'knows no language for "%s"',
    (tag) => {
      expect(parseLanguage(tag)).toBeUndefined();
    },
  );
});

describe('chooseLanguage', () => {
  it('lets LATCHKEY_LANG decide before the locale', () => {
    expect(chooseLanguage({ LATCHKEY_LANG: 'zh', LC_ALL: 'en_US.UTF-8' })).toBe('zh');
  });

  it('follows POSIX: LC_ALL, then LC_MESSAGES, then LANG', () => {
    expect(chooseLanguage({ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' })).toBe('zh');
    expect(chooseLanguage({ LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' })).toBe('zh');
    expect(chooseLanguage({ LC_ALL: '', LANG: 'zh_CN.UTF-8' })).toBe('zh');
  });

  it('speaks English where nothing is set or the language is not spoken here', () => {
    expect(chooseLanguage({})).toBe('en');
    expect(chooseLanguage({ LC_ALL: 'fr_FR.UTF-8', LANG: 'zh_CN.UTF-8' })).toBe('en');
  });
});
