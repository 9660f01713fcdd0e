import { expect, test } from 'vitest';
import { createFreshness } from './freshness.ts';

function start() {
  let now = 0;
  const freshness = createFreshness(() => now);
  return {
    freshness,
    at(time: number) {
      now = time;
    },
  };
}

test('nothing is current before a hello and an answered ack', () => {
  const { freshness } = start();
  expect(freshness.isCurrent(0)).toBe(false);
  freshness.onHello('c1', 'c1');
  expect(freshness.isCurrent(0)).toBe(false);
  freshness.onAckSent();
  freshness.onAckAnswered('c1', 0);
  expect(freshness.isCurrent(0)).toBe(true);
});

test('the lease runs ten seconds from the sending of the ack, not from its answer', () => {
  const { freshness, at } = start();
  freshness.onHello('c1', 'c1');
  at(1000);
  freshness.onAckSent();
  at(6000);
  freshness.onAckAnswered('c1', 1000);
  expect(freshness.isCurrent(11_000)).toBe(true);
  expect(freshness.isCurrent(11_001)).toBe(false);
});

test('an answer that tells of a change not applied yet proves nothing until it is', () => {
  const { freshness } = start();
  freshness.onHello('c1', 'c1');
  freshness.onAckSent();
  freshness.onAckAnswered('c3', 5);
  expect(freshness.isCurrent(5)).toBe(false);
  freshness.onApplied('c2');
  expect(freshness.isCurrent(5)).toBe(false);
  expect(freshness.completeAt()).toBe(Number.NEGATIVE_INFINITY);
  freshness.onApplied('c3');
  expect(freshness.isCurrent(5)).toBe(true);
  expect(freshness.completeAt()).toBe(5);
});

test('an answer that the stream has overtaken is no news', () => {
  const { freshness } = start();
  freshness.onHello('c1', 'c1');
  freshness.onAckSent();
  freshness.onApplied('c2');
  freshness.onApplied('c3');
  freshness.onAckAnswered('c2', 0);
  expect(freshness.isCurrent(0)).toBe(true);
});

test('a nearer head does not make a farther one forgotten', () => {
  const { freshness } = start();
  freshness.onHello('c1', 'c1');
  freshness.onHeartbeat('c3');
  freshness.onAckSent();
  freshness.onAckAnswered('c2', 0);
  freshness.onApplied('c2');
  expect(freshness.isCurrent(0)).toBe(false);
  freshness.onApplied('c3');
  expect(freshness.isCurrent(0)).toBe(true);
});

test('what is missing is missing since the last progress', () => {
  const { freshness, at } = start();
  freshness.onHello('c3', 'c1');
  expect(freshness.missingSince()).toBe(0);
  at(9000);
  freshness.onApplied('c2');
  expect(freshness.missingSince()).toBe(9000);
  freshness.onApplied('c3');
  expect(freshness.missingSince()).toBeUndefined();
});

test('after a gap nothing is current until the next hello, and what was awaited then counts no more', () => {
  const { freshness } = start();
  freshness.onHello('c1', 'c1');
  freshness.onAckSent();
  freshness.onAckAnswered('c1', 0);
  freshness.onHeartbeat('c9');
  freshness.onLost();
  expect(freshness.isCurrent(0)).toBe(false);
  freshness.onHello('d5', 'd5');
  expect(freshness.isCurrent(0)).toBe(true);
});
