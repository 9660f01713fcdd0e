import { ChangeRotationBodySchema, parseDuration } from '@latchkey/wire/native';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUIET_SPANS, ROTATION_TERMS, remainingUntil, termBody } from './terms.ts';

describe('the terms of a rotation', () => {
  it('are all taken by the API', () => {
    const quiet = QUIET_SPANS.map((duration) => ({ kind: 'untilQuiet', duration }) as const);
    for (const term of [...ROTATION_TERMS, ...quiet]) {
      expect(ChangeRotationBodySchema.parse(termBody(term))).toEqual(termBody(term));
      expect(parseDuration(term.duration)).toBeDefined();
    }
  });
});

describe('remainingUntil', () => {
  it('counts down by whole seconds and ends at the moment itself', () => {
    expect(remainingUntil(90_061_000, 0)).toEqual({ days: 1, hours: 1, minutes: 1, seconds: 1 });
    expect(remainingUntil(1, 0)).toEqual({ days: 0, hours: 0, minutes: 0, seconds: 1 });
    expect(remainingUntil(1000, 1000)).toBeUndefined();
  });

  it('adds up to what is left, rounded up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * 86_400_000 }), (left) => {
        const { days = 0, hours = 0, minutes = 0, seconds = 0 } = remainingUntil(left, 0) ?? {};
        expect(((days * 24 + hours) * 60 + minutes) * 60 + seconds).toBe(Math.ceil(left / 1000));
        expect(hours).toBeLessThan(24);
        expect(minutes).toBeLessThan(60);
        expect(seconds).toBeLessThan(60);
      }),
    );
  });
});
