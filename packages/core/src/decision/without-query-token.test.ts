import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHttpRequest } from './read-http-request.ts';
import { originForm, withoutQueryToken } from './without-query-token.ts';

describe('a target without its query token', () => {
  test.each([
    ['/a', '/a'],
    ['/a?', '/a?'],
    ['/a?access_token=x', '/a'],
    ['/a?access_token', '/a'],
    ['/a?access_token=x&access_token=y', '/a'],
    ['/a?b=1&access_token=x', '/a?b=1'],
    ['/a?access_token=x&b=1', '/a?b=1'],
    ['/a?b&access_token=x=y&&c=%41+%&', '/a?b&&c=%41+%&'],
    ['/a?access_token=x&', '/a?'],
    ['/a?%61ccess%5Ftoken=x&b', '/a?b'],
    ['/a?Access_Token=x&access_tokens=y', '/a?Access_Token=x&access_tokens=y'],
    ['/a?b?access_token=x', '/a?b?access_token=x'],
    ['https://a.example/p?access_token=x&y#z', 'https://a.example/p?y#z'],
  ])('%s is %s', (target, expected) => {
    expect(withoutQueryToken(target)).toBe(expected);
  });

  test('a reader of queries finds no token in it, and all else in its place', () => {
    const name = fc.constantFrom(
      'access_token',
      'access%5ftoken',
      '%61ccess_token',
      'a',
      'access_token%',
      '',
      'é',
    );
    const value = fc.stringMatching(/^[a-z%&=+?;/]*$/);
    const parameters = fc.array(fc.tuple(name, fc.option(value)));
    fc.assert(
      fc.property(parameters, (list) => {
        const texts = list.flatMap(([key, text]) => (text === null ? key : `${key}=${text}`).split('&'));
        const target = withoutQueryToken(`/p?${texts.join('&')}`);
        expect(readHttpRequest('GET', target, [], undefined).queryToken).toBeUndefined();
        const isToken = (text: string) =>
          readHttpRequest('GET', `/p?${text}`, [], undefined).queryToken !== undefined;
        const others = texts.filter((text) => !isToken(text));
        const whole = texts.length === others.length || others.length > 0;
        expect(target).toBe(whole ? `/p?${others.join('&')}` : '/p');
      }),
    );
  });
});

test.each([
  ['/a?b', '/a?b'],
  ['http://h.example/a?b', '/a?b'],
  ['http://h.example?b', '/?b'],
  ['http://h.example', '/'],
  ['*', '*'],
  ['//h.example/a', '//h.example/a'],
])('the origin form of %s is %s', (target, expected) => {
  expect(originForm(target)).toBe(expected);
});
