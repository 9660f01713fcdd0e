import { describe, expect, it } from 'vitest';
import { spanOf, spanOfDays, USAGE_RANGES } from './range.ts';

const NOW = Date.parse('2026-11-24T10:20:30Z');

describe('spanOf', () => {
  it('ends with the step that now lies in', () => {
    expect(spanOf('1h', NOW)).toEqual({
      from: '2026-11-24T09:21:00.000Z',
      to: '2026-11-24T10:21:00.000Z',
      step: 'minute',
    });
    expect(spanOf('30d', NOW)).toEqual({
      from: '2026-10-26T00:00:00.000Z',
      to: '2026-11-25T00:00:00.000Z',
      step: 'day',
    });
  });

  it.each(USAGE_RANGES)(
    'of %s is the same as long as the step lasts, so that it is asked for once',
    (range) => {
      expect(spanOf(range, NOW)).toEqual(spanOf(range, NOW + 1000));
    },
  );
});

describe('spanOfDays', () => {
  it('holds both days whole', () => {
    expect(spanOfDays('2026-11-20', '2026-11-20')).toEqual({
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-21T00:00:00.000Z',
      step: 'hour',
    });
    expect(spanOfDays('2026-01-01', '2026-11-20')?.step).toBe('day');
  });

  it.each([
    ['', '2026-11-20'],
    ['2026-11-21', '2026-11-20'],
    ['2026-13-01', '2026-11-20'],
  ])('is none from "%s" to "%s"', (first, last) => {
    expect(spanOfDays(first, last)).toBeUndefined();
  });
});
