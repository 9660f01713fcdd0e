/** Unix milliseconds as ISO 8601 with milliseconds and `Z`. */
export function isoTime(unixMs: number): string {
  return new Date(unixMs).toISOString();
}

const FORM =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?$/;

/**
 * Reads the forms of ISO 8601 that real clients send: with `Z`, with an offset (`-04:00`), or with none, which is taken as
 * UTC; with or without a fraction of up to nine digits. Dates that no calendar has are refused.
 *
 * @returns unix milliseconds; undefined where the text is no such time
 */
export function parseIsoTime(text: string): number | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const part = (index: number) => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const local = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  const date = new Date(local);
  const isOnCalendar = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isOnCalendar || hour > 23 || minute > 59 || second > 59 || part(10) > 23 || part(11) > 59)
    return undefined;
  const offsetMinutes = (part(10) * 60 + part(11)) * (match[9] === '-' ? -1 : 1);
  return local - offsetMinutes * 60_000;
}
