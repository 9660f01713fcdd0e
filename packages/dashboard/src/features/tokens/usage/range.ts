import type { UsageStep } from '@latchkey/wire/native';

/** Spans that usage is looked at in, with the step in which each is drawn. */
export const USAGE_RANGES = ['1h', '24h', '7d', '30d', '90d'] as const;
export type UsageRange = (typeof USAGE_RANGES)[number];

export interface UsageSpan {
  /** ISO 8601. */
  readonly from: string;
  /** ISO 8601. */
  readonly to: string;
  readonly step: Exclude<UsageStep, 'total'>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const FORMS = {
  '1h': { steps: 60, length: MINUTE, step: 'minute' },
  '24h': { steps: 24, length: HOUR, step: 'hour' },
  '7d': { steps: 7 * 24, length: HOUR, step: 'hour' },
  '30d': { steps: 30, length: DAY, step: 'day' },
  '90d': { steps: 90, length: DAY, step: 'day' },
} as const satisfies Record<UsageRange, { steps: number; length: number; step: UsageSpan['step'] }>;

/** A whole number of steps of which the last one, unfinished, holds `now` (unix milliseconds). */
export function spanOf(range: UsageRange, now: number): UsageSpan {
  const { steps, length, step } = FORMS[range];
  const end = (Math.floor(now / length) + 1) * length;
  return { from: iso(end - steps * length), to: iso(end), step };
}

/**
 * Days by their dates, `2026-11-24`, both included, in UTC as usage is counted; undefined where they are no dates, or in the wrong order.
 * Up to two weeks are drawn by the hour.
 */
export function spanOfDays(first: string, last: string): UsageSpan | undefined {
  const from = Date.parse(`${first}T00:00:00Z`);
  const to = Date.parse(`${last}T00:00:00Z`) + DAY;
  if (Number.isNaN(from) || Number.isNaN(to) || to <= from) return undefined;
  return { from: iso(from), to: iso(to), step: to - from <= 14 * DAY ? 'hour' : 'day' };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
