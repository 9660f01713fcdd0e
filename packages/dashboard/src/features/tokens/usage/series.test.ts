import type { Usage } from '@latchkey/wire/native';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesOf, stacked } from './series.ts';

const usage = (rows: Usage['rows'], over: Partial<Usage> = {}): Usage => ({
  from: '2026-11-24T00:00:00.000Z',
  to: '2026-11-24T03:00:00.000Z',
  step: 'hour',
  by: ['outcome'],
  rows,
  ...over,
});

describe('seriesOf', () => {
  it('has a count for every step, also where nothing was used', () => {
    const series = seriesOf(
      usage([{ at: '2026-11-24T01:00:00.000Z', outcome: 'allowed', count: 4 }]),
      'outcome',
    );
    expect(series.times.map((time) => new Date(time).getUTCHours())).toEqual([0, 1, 2]);
    expect(series.lines).toEqual([{ key: 'allowed', counts: [0, 4, 0], total: 4 }]);
  });

  it('puts what was allowed first, then the largest', () => {
    const at = '2026-11-24T00:00:00.000Z';
    const { lines } = seriesOf(
      usage([
        { at, outcome: 'url_not_allowed', count: 90 },
        { at, outcome: 'allowed', count: 1 },
        { at, outcome: 'expired', count: 100 },
      ]),
      'outcome',
    );
    expect(lines.map(({ key }) => key)).toEqual(['allowed', 'expired', 'url_not_allowed']);
  });

  it('draws the many small ones as one, so that there are never more lines than colours', () => {
    const at = '2026-11-24T02:00:00.000Z';
    const rows = Array.from({ length: 9 }, (_, index) => ({ at, service: `s${index}`, count: 10 - index }));
    const { lines, total } = seriesOf(usage(rows), 'service', 4);
    expect(lines.map(({ key }) => key)).toEqual(['s0', 's1', 's2', null]);
    expect(lines[3]?.counts).toEqual([0, 0, 7 + 6 + 5 + 4 + 3 + 2]);
    expect(total).toBe(54);
  });

  it('loses no request whatever the rows are', () => {
    const row = fc.record({
      at: fc.integer({ min: 0, max: 2 }).map((hour) => `2026-11-24T0${hour}:00:00.000Z`),
      service: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', '*', ''),
      count: fc.nat(1000),
    });
    fc.assert(
      fc.property(fc.array(row), fc.integer({ min: 1, max: 9 }), (rows, limit) => {
        const series = seriesOf(usage(rows), 'service', limit);
        const counted = rows.reduce((all, { count }) => all + count, 0);
        expect(series.total).toBe(counted);
        expect(series.lines.length).toBeLessThanOrEqual(limit);
        const top = stacked(series.lines).at(-1) ?? [];
        expect(top.reduce((all, count) => all + count, 0)).toBe(counted);
      }),
    );
  });

  it('knows no steps of a total', () => {
    expect(seriesOf(usage([{ outcome: 'allowed', count: 3 }], { step: 'total' }), 'outcome').times).toEqual(
      [],
    );
  });
});

describe('stacked', () => {
  it('adds each line to those below it', () => {
    const lines = [
      { key: 'a', counts: [1, 0], total: 1 },
      { key: 'b', counts: [2, 5], total: 7 },
    ];
    expect(stacked(lines)).toEqual([
      [1, 0],
      [3, 5],
    ]);
  });
});
