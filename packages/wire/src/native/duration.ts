import * as z from 'zod';

const MILLISECONDS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const FORM = /^(\d{1,7})([smhd])$/;

/** A span of time: a whole number with its unit, seconds to days. */
export const DurationSchema = z
  .string()
  .regex(FORM, { error: 'a duration, such as "45s", "30m", "12h" or "7d"' })
  .meta({ id: 'Duration', description: 'A number with its unit: `45s`, `30m`, `12h`, `7d`.', example: '7d' });

/** Milliseconds; undefined where the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = FORM.exec(text) ?? [];
  if (amount === undefined || unit === undefined || !(unit in MILLISECONDS)) return undefined;
  return Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
}

/** The shortest text that means as much, in the largest unit that goes into it; parts of a second are left out. */
export function formatDuration(milliseconds: number): string {
  for (const unit of ['d', 'h', 'm'] as const) {
    if (milliseconds > 0 && milliseconds % MILLISECONDS[unit] === 0)
      return `${milliseconds / MILLISECONDS[unit]}${unit}`;
  }
  return `${Math.floor(milliseconds / MILLISECONDS.s)}s`;
}
