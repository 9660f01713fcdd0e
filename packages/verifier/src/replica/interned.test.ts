import { expect, test } from 'vitest';
import { createInterned } from './interned.ts';

test('equal texts share a value for as long as somebody holds it', () => {
  let made = 0;
  const lists = createInterned((text) => ({ text, number: ++made }));
  const one = lists.hold('a');
  expect(lists.hold('a')).toBe(one);
  lists.release(one);
  expect(lists.get(one)).toEqual({ text: 'a', number: 1 });
  lists.release(one);
  expect(() => lists.get(one)).toThrow(RangeError);
  expect(lists.hold('b')).toBe(one);
  expect(lists.get(one)).toEqual({ text: 'b', number: 2 });
});

test('while it is frozen no number gets another value, and afterwards those that nobody holds are free', () => {
  const texts = createInterned((text) => text);
  const [a, b] = [texts.hold('a'), texts.hold('b')];
  texts.isFrozen = true;
  texts.release(a);
  texts.release(b);
  expect(texts.hold('c')).not.toBe(a);
  expect(texts.hold('b')).toBe(b);
  expect(texts.get(a)).toBe('a');
  texts.isFrozen = false;
  expect(() => texts.get(a)).toThrow(RangeError);
  expect(texts.get(b)).toBe('b');
});

test('what came from disk keeps its numbers, and is dropped where no record holds it', () => {
  const texts = createInterned((text) => text);
  texts.restore([undefined, 'a', undefined, 'c']);
  expect(texts.holdAgain(3)).toBe(true);
  expect(texts.holdAgain(2)).toBe(false);
  texts.trim();
  expect(texts.get(3)).toBe('c');
  expect(() => texts.get(1)).toThrow(RangeError);
});
