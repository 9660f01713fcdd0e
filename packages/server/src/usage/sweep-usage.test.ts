import { expect, test } from 'vitest';
import type { UsageKept } from '../store/usage-store.ts';
import { sweepUsage } from './sweep-usage.ts';

const DAY = 24 * 3600 * 1000;
const NOW = 1000 * DAY;

test('usage is forgotten by the operator’s settings, and the rarest users of the last days are put together', async () => {
  let forgotten: UsageKept | undefined;
  let folded: { since: number; limit: number } | undefined;
  const gone = await sweepUsage({
    store: {
      async forgetUsage(before) {
        forgotten = before;
        return 5;
      },
      async foldUsers(query) {
        folded = query;
        return 2;
      },
    },
    usage: { minuteDays: 2, hourDays: 35, dayDays: 400, refusalHours: 12 },
    now: () => NOW,
  });
  expect(gone).toBe(7);
  expect(forgotten).toEqual({
    minutesBefore: NOW - 2 * DAY,
    hoursBefore: NOW - 35 * DAY,
    daysBefore: NOW - 400 * DAY,
    refusalsBefore: NOW - DAY / 2,
    reportersBefore: NOW - 90 * DAY,
  });
  expect(folded?.since).toBe(NOW - 3 * DAY);
});
