import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountName, rotationRow, tokenId } from '../store/testing/sample-rows.ts';
import { quietVerdict, type UseReport } from './quiet-verdict.ts';

const STARTED = 1_000_000;
const QUIET = 100_000;
const row = {
  ...rotationRow(tokenId(1), tokenId(2), accountName('acme'), { startedAt: STARTED }),
  quietMs: QUIET,
};

const report = (over: Partial<UseReport> = {}): UseReport => ({
  reportedUntil: null,
  decidesUntil: Number.MAX_SAFE_INTEGER,
  isOver: false,
  ...over,
});
const verdict = (now: number, lastUsedAt: number | null, reports: readonly UseReport[]) =>
  quietVerdict(row, { lastUsedAt, reports }, now);

describe('whether a token was quiet for long enough', () => {
  test('is not asked before the time has passed since the rotation began', () => {
    expect(verdict(STARTED + QUIET - 1, null, [])).toEqual({
      kind: 'wait',
      waitsFor: [],
      lookAt: STARTED + QUIET,
    });
    expect(verdict(STARTED + QUIET, null, [])).toEqual({ kind: 'retire' });
    expect(verdict(STARTED + QUIET, STARTED - 5, [])).toEqual({ kind: 'retire' });
  });

  test('counts anew from each use', () => {
    const lastUsedAt = STARTED + 60_000;
    expect(verdict(STARTED + QUIET, lastUsedAt, [])).toEqual({
      kind: 'wait',
      waitsFor: [{ kind: 'use', lastUsedAt }],
      lookAt: lastUsedAt + QUIET,
    });
    expect(verdict(lastUsedAt + QUIET, lastUsedAt, [])).toEqual({ kind: 'retire' });
  });

  test('is decided on what every one that may let it in has reported', () => {
    const now = STARTED + QUIET + 5000;
    const told = report({ reportedUntil: STARTED + QUIET });
    expect(verdict(now, null, [told, told])).toEqual({ kind: 'retire' });
    const late = report({ reportedUntil: STARTED + QUIET - 1, decidesUntil: now + 900_000 });
    expect(verdict(now, null, [told, late])).toEqual({
      kind: 'wait',
      waitsFor: [{ kind: 'verifiers', count: 1, decideUntil: now + 900_000 }],
      lookAt: now + 10_000,
    });
  });

  test('waits for one that is cut off, or has never reported, until it may decide no more', () => {
    const cutOff = report({ reportedUntil: STARTED + 1, decidesUntil: STARTED + QUIET + 5000 });
    const mute = report({ decidesUntil: STARTED + QUIET + 5000 });
    for (const reports of [[cutOff], [mute], [cutOff, mute]]) {
      expect(verdict(STARTED + QUIET + 4999, null, reports)).toMatchObject({
        kind: 'wait',
        waitsFor: [{ kind: 'verifiers', count: reports.length }],
      });
      expect(verdict(STARTED + QUIET + 5000, null, reports)).toEqual({ kind: 'retire' });
    }
  });

  test('does not wait for one that was closed and has told everything', () => {
    const closed = report({ reportedUntil: STARTED + 1, isOver: true });
    expect(verdict(STARTED + QUIET, null, [closed])).toEqual({ kind: 'retire' });
  });

  test('never says yes while a use is unknown, or known, within the time, and yes otherwise: any reports, any clock', () => {
    fc.assert(judging(verdict));
  });

  test('the same check finds a decision on silence: the mutant', () => {
    expect(fc.check(judging((now, lastUsedAt) => verdict(now, lastUsedAt, []))).failed).toBe(true);
  });
});

function judging(decide: typeof verdict) {
  const within = (ms: number) => fc.nat(ms).map((after) => STARTED + after);
  const reports = fc.array(
    fc.record({
      reportedUntil: fc.option(within(2 * QUIET)),
      decidesUntil: within(3 * QUIET),
      isOver: fc.boolean(),
    }),
    { maxLength: 5 },
  );
  const lastUse = fc.option(fc.nat(3 * QUIET).map((ms) => STARTED - QUIET + ms));
  return fc.property(reports, lastUse, within(4 * QUIET), (all, lastUsedAt, now) => {
    const quietFrom = Math.max(STARTED, lastUsedAt ?? 0);
    const mayDecide = all.filter((one) => !one.isOver && one.decidesUntil > now);
    const known = Math.min(now, ...mayDecide.map((one) => one.reportedUntil ?? Number.NEGATIVE_INFINITY));
    const found = decide(now, lastUsedAt, all);
    expect(found.kind).toBe(known - quietFrom >= QUIET ? 'retire' : 'wait');
    if (found.kind === 'wait') expect(found.lookAt).toBeGreaterThan(now);
  });
}
