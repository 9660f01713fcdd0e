import { afterEach, beforeEach, expect, test } from 'vitest';
import type { UsageAddition } from '../store/usage-store.ts';
import { type FeedServer, startFeedServer, VERIFIER } from './testing/feed-server.ts';
import { createUsageReports, type UsageReports } from './usage-reports.ts';

const START = 1_000_000;
const STALENESS = { secret: 900, temporary: 60, public: 3600 };
let now = START;
let server: FeedServer;
let reports: UsageReports;

beforeEach(async () => {
  now = START;
  server = await startFeedServer({ now: () => now, staleness: () => STALENESS });
  reports = createUsageReports({ ...server, now: () => now });
});
afterEach(() => server.close());

async function report(sequence: number, over: Partial<UsageAddition> = {}): Promise<void> {
  await server.store.addUsage({
    reporter: 'one',
    token: VERIFIER,
    sequence,
    reportedAt: now,
    skewMs: 0,
    until: null,
    isLast: false,
    counters: [],
    sources: [],
    uses: [],
    refusals: [],
    ...over,
  });
}

test('a verifier that has reported nothing is there, and may decide as long as its longest bound', async () => {
  const stream = await server.open('?instance=one&name=maps');
  await stream.next('hello');
  const [found, ...others] = await reports();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ id: `${VERIFIER}.one`, name: 'maps', reportedUntil: null, isOver: false });
  expect(found?.decidesUntil).toBeGreaterThanOrEqual(now + STALENESS.public * 1000);
  await stream.close();
});

test('one that is cut off is not known to be silent: what it decides until its bounds is unknown', async () => {
  const stream = await server.open('?instance=one');
  await stream.next('hello');
  await report(1);
  await report(2, { until: START - 5 });
  await stream.close();
  now += 24 * 3600 * 1000;
  const [found] = await reports();
  expect(found).toMatchObject({ reportedUntil: START - 5, isOver: false });
  expect(found?.decidesUntil).toBeGreaterThanOrEqual(START + STALENESS.public * 1000);
  expect(found?.decidesUntil).toBeLessThan(now);
});

test('one that was closed and told everything is over, and only then', async () => {
  const stream = await server.open('?instance=one');
  await stream.next('hello');
  await report(1);
  await report(3, { isLast: true });
  expect(await reports()).toMatchObject([{ isOver: false }]);
  await report(2);
  expect(await reports()).toMatchObject([{ isOver: true }]);
  await stream.close();
});

test('one that was started again by its name keeps what its former process has not told', async () => {
  const first = await server.open('?instance=kept&process=one');
  await first.next('hello');
  await report(1, { until: START - 5 });
  await first.close();
  const isGone = async () => (await server.registry.all()).every((one) => !one.isReachable);
  while (!(await isGone())) await server.registry.news(20);
  now += 10_000;
  const second = await server.open('?instance=kept&process=two');
  await second.next('hello');
  const id = `${VERIFIER}.kept`;
  expect(await reports()).toMatchObject([
    { id, reportedUntil: null, isOver: false },
    { id, reportedUntil: START - 5, decidesUntil: START + 10_000, isOver: false },
  ]);
  await report(2, { isLast: true });
  expect(await reports()).toMatchObject([{ isOver: false }, { isOver: true }]);
  await second.close();
});
