import type { Verifier, Verifiers } from '@latchkey/wire/native';
import { expect, test } from 'vitest';
import { figuresOf, isClockOff, lagOf } from './verifier-figures.ts';

const AT = '2026-11-24T00:00:00.000Z';
const verifier = (fields: Partial<Verifier> = {}): Verifier =>
  ({
    id: 'v',
    name: null,
    version: '0.1.0',
    token: 't',
    revision: 7,
    epoch: 'e',
    connected: true,
    connectedAt: AT,
    acknowledgedAt: AT,
    usage: { reportedUntil: null, clockSkewMs: null },
    staleness: { secret: 900, temporary: 900, public: 3600, scopes: {} },
    rejected: [],
    state: 'applied',
    appliedAt: AT,
    ...fields,
  }) as Verifier;
const head: Verifiers = { epoch: 'e', revision: 9, verifiers: [], alarms: [] };

test('a verifier is behind by the changes of the same history that it has not applied', () => {
  expect(lagOf(verifier(), head)).toBe(2);
  expect(lagOf(verifier({ revision: 9 }), head)).toBe(0);
  expect(lagOf(verifier({ revision: null }), head)).toBeUndefined();
  expect(lagOf(verifier({ epoch: 'earlier' }), head)).toBeUndefined();
});

test('a clock is off from more than five seconds on, in either direction', () => {
  const off = (clockSkewMs: number | null) =>
    isClockOff(verifier({ usage: { reportedUntil: null, clockSkewMs } }));
  expect([null, 0, 5_000, -5_000].map(off)).toEqual([false, false, false, false]);
  expect([5_001, -5_001].map(off)).toEqual([true, true]);
});

test('the figures count who is behind, out of reach, cannot read a record, and which versions run', () => {
  const rejected = [{ revision: 3, id: 'a', reason: 'x' }];
  const unreachable = { state: 'unreachable', servesUntil: AT } as Partial<Verifier>;
  const pending = { state: 'pending', pendingSince: AT } as Partial<Verifier>;
  const verifiers = [
    verifier({ rejected }),
    verifier(unreachable),
    verifier({ ...pending, version: '0.2.0' }),
  ];
  expect(figuresOf({ ...head, verifiers })).toEqual({
    behind: 1,
    outOfReach: 1,
    unread: 1,
    clocksOff: 0,
    versions: [
      { version: '0.1.0', count: 2 },
      { version: '0.2.0', count: 1 },
    ],
  });
});
