import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAckPace } from './ack-pace.ts';

describe('the pace of acks', () => {
  test('holds nothing back where the server asks for nothing', () => {
    const pace = createAckPace(() => 0);
    for (let count = 0; count < 100; count++) {
      expect(pace.wait()).toBe(0);
      pace.spend();
    }
  });

  test('lets a few go at once after a quiet time, then one in each interval', () => {
    let now = 0;
    const pace = createAckPace(() => now);
    pace.setInterval(500);
    const sentAt: number[] = [];
    for (let count = 0; count < 8; count++) {
      now += pace.wait();
      pace.spend();
      sentAt.push(now);
    }
    expect(sentAt).toEqual([0, 0, 0, 0, 500, 1000, 1500, 2000]);
  });

  test('never asks anybody to wait longer than a second, whatever the server says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(5000), fc.nat({ max: Number.MAX_SAFE_INTEGER })), { maxLength: 50 }),
        (steps) => {
          let now = 0;
          const pace = createAckPace(() => now);
          for (const [passed, interval] of steps) {
            now += passed;
            pace.setInterval(interval);
            expect(pace.wait()).toBeLessThanOrEqual(1000);
            pace.spend();
          }
        },
      ),
    );
  });

  test('keeps to the interval over any stretch of time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.array(fc.nat(300), { minLength: 1 }),
        (interval, gaps) => {
          let now = 0;
          let sent = 0;
          const pace = createAckPace(() => now);
          pace.setInterval(interval);
          for (const gap of gaps) {
            now += gap;
            if (pace.wait() > 0) continue;
            pace.spend();
            sent += 1;
          }
          expect(sent).toBeLessThanOrEqual(4 + now / interval);
        },
      ),
    );
  });
});
