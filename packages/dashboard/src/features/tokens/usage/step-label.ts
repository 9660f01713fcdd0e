import type { UsageStep } from '@latchkey/wire/native';

/** Writes the beginning of a step for people: minutes and hours in the reader's zone, days in UTC, as they are counted. */
export function stepLabel(time: number, step: UsageStep, locale: string): string {
  return formatOf(step, locale).format(time);
}

/** A short mark for an axis: the time of the day, or the day where one begins. */
export function axisLabel(time: number, step: UsageStep, locale: string): string {
  const at = new Date(time);
  const isDay = step === 'day' || (at.getHours() === 0 && at.getMinutes() === 0);
  const options: Intl.DateTimeFormatOptions = isDay
    ? { month: 'short', day: 'numeric' }
    : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return new Intl.DateTimeFormat(locale, { ...options, ...(step === 'day' && { timeZone: 'UTC' }) }).format(
    at,
  );
}

function formatOf(step: UsageStep, locale: string): Intl.DateTimeFormat {
  if (step === 'day' || step === 'total')
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}
