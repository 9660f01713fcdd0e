import { refusalTable } from '@latchkey/core';
import { describe, expect, it } from 'vitest';
import { messagesIn } from './catalogue.ts';
import { languages } from './language.ts';

/** A message with the path that leads to it: `token.confirmRevoke`. */
type Found = readonly [path: string, message: unknown];

function everyMessage(node: unknown, path = ''): Found[] {
  if (typeof node !== 'object' || node === null) return [[path, node]];
  return Object.entries(node).flatMap(([key, value]) =>
    everyMessage(value, path === '' ? key : `${path}.${key}`),
  );
}

/** Stands for every parameter: whatever is read from it is a word that says which parameter it was. */
function markedParameters(seen: Set<string>): object {
  return new Proxy(
    {},
    {
      get: (_target, name) => {
        seen.add(String(name));
        if (name === 'names' || name === 'values' || name === 'languages') return [`<${String(name)}>`];
        return `<${String(name)}>`;
      },
    },
  );
}

function say(message: unknown): { text: string; parameters: string[] } {
  if (typeof message !== 'function') return { text: String(message), parameters: [] };
  const seen = new Set<string>();
  const isList = message.length > 0 && /^\(?values/.test(String(message));
  const text: unknown = message(isList ? ['<values>'] : markedParameters(seen));
  return { text: String(text), parameters: [...seen].sort() };
}

describe('the message catalogue', () => {
  const english = everyMessage(messagesIn('en'));

  it.each(languages)('has every message in %s, none of them empty', (language) => {
    const messages = everyMessage(messagesIn(language));
    expect(messages.map(([path]) => path)).toEqual(english.map(([path]) => path));
    for (const [path, message] of messages) {
      const { text } = say(message);
      expect.soft(text.trim(), path).not.toBe('');
    }
  });

  it('uses the same parameters in every language', () => {
    const chinese = new Map(everyMessage(messagesIn('zh')));
    for (const [path, message] of english) {
      expect.soft(say(chinese.get(path)).parameters, path).toEqual(say(message).parameters);
    }
  });

  it('is really translated: a Chinese message holds Chinese, save for names and commands', () => {
    const same = everyMessage(messagesIn('zh')).filter(
      ([, message]) => !/\p{Script=Han}/u.test(say(message).text),
    );
    expect(same.map(([path]) => path)).toEqual(NOT_TRANSLATED);
  });

  it('puts full-width punctuation beside Chinese characters', () => {
    const mixed = /\p{Script=Han}[,:;?!(]|[,:;?!)]\p{Script=Han}/u;
    const found = everyMessage(messagesIn('zh')).filter(([, message]) => mixed.test(say(message).text));
    expect(found.map(([path]) => path)).toEqual([]);
  });

  it('explains every reason for which a request is refused', () => {
    for (const language of languages) {
      expect(Object.keys(messagesIn(language).reasons).sort()).toEqual(Object.keys(refusalTable).sort());
    }
  });

  it('names the lacking scope in the same reasons in every language', () => {
    const withScope = (language: 'en' | 'zh') =>
      Object.entries(messagesIn(language).reasons)
        .filter(([, { sentence, fix }]) => `${sentence}${fix}`.includes('{scope}'))
        .map(([reason]) => reason);
    expect(withScope('zh')).toEqual(withScope('en'));
  });
});

/** Names, commands and punctuation that are the same in both languages. */
const NOT_TRANSLATED = [
  'common.list',
  'connection.sourceEnvironment',
  'help.described',
  'server.nextServe',
  'token.id',
  'usage.badValue',
  'usage.other',
];
