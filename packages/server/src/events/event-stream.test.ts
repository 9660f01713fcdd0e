import { parseAccountName } from '@latchkey/core';
import { expect, test } from 'vitest';
import type { ChangeListener } from './change-events.ts';
import { eventStream } from './event-stream.ts';

function opened(isStill: () => Promise<boolean> = async () => true) {
  const account = parseAccountName('acme');
  if (account === undefined) throw new TypeError('no name of an account');
  const listeners = new Set<ChangeListener>();
  let beat = () => {};
  let ended = 0;
  const stream = eventStream({
    changes: {
      subscribe(_account, listener) {
        listeners.add(listener);
        queueMicrotask(() => listener.onReady());
        return () => void listeners.delete(listener);
      },
      close() {},
    },
    account,
    isStill,
    isAbout: ({ kind }) => kind === 'member',
    everyHeartbeat(call) {
      beat = call;
      return () => {};
    },
    onEnd: () => {
      ended += 1;
    },
  })[Symbol.asyncIterator]();
  const change = (kind: 'token' | 'member', sequence: number) => {
    for (const listener of listeners) listener.onChange({ kind, id: 'x', action: 'token.update', sequence });
  };
  return { stream, listeners, change, beat: () => beat(), ended: () => ended };
}

test('tells hello, changes and heartbeats in order', async () => {
  const { stream, change, beat } = opened();
  await Promise.resolve();
  change('token', 7);
  beat();
  expect((await stream.next()).value).toBe('event: hello\ndata: {}\n\n');
  expect((await stream.next()).value).toMatch(/^event: change\nid: 7\ndata: \{"kind":"token".*\}\n\n$/);
  expect((await stream.next()).value).toBe(': heartbeat\n\n');
});

test('looks with each heartbeat whether the caller may still listen, and says bye where not', async () => {
  let may = true;
  const { stream, beat, listeners, ended } = opened(async () => may);
  beat();
  may = false;
  beat();
  const told: unknown[] = [];
  for (let piece = await stream.next(); piece.done !== true; piece = await stream.next())
    told.push(piece.value);
  expect(told.at(-1)).toBe('event: bye\ndata: {}\n\n');
  expect(listeners.size).toBe(0);
  expect(ended()).toBe(1);
});

test('is cut off where a reader leaves a thousand events waiting, and holds no more than those', async () => {
  const { stream, change, listeners, ended } = opened();
  for (let sequence = 0; sequence < 5000; sequence += 1) change('token', sequence);
  let pieces = 0;
  while ((await stream.next()).done !== true) pieces += 1;
  expect(pieces).toBe(1000);
  expect(listeners.size).toBe(0);
  expect(ended()).toBe(1);
});

test('ends where the store cannot tell whether the caller may listen, and once however often it is ended', async () => {
  const { stream, beat, ended } = opened(async () => {
    throw new Error('the disk has gone');
  });
  beat();
  while ((await stream.next()).done !== true);
  await stream.return?.();
  expect(ended()).toBe(1);
});
