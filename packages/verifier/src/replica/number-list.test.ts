import { expect, test } from 'vitest';
import { createNumberList } from './number-list.ts';

test('what was pushed last is popped first, over the edges of its parts', () => {
  const list = createNumberList();
  const pushed: number[] = [];
  const popped: (number | undefined)[] = [];
  for (let round = 0; round < 5; round++) {
    for (let n = 0; n < 16_385; n++) list.push(pushed.push(n) + 0xff00_0000);
    expect(list.at(pushed.length - 1)).toBe(pushed.length + 0xff00_0000);
    for (let n = 0; n < 3; n++) {
      expect(list.pop()).toBe(pushed.length + 0xff00_0000);
      pushed.pop();
    }
    expect(list.length).toBe(pushed.length);
  }
  while (list.length > 0) popped.push(list.pop());
  expect([popped.length, popped.at(-1), list.pop()]).toEqual([pushed.length, 0xff00_0001, undefined]);
});
