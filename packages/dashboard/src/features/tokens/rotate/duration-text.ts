const UNITS = { s: 'second', m: 'minute', h: 'hour', d: 'day' } as const;

/** Writes `1h` as "1 hour" and `7d` as "7 days", in the reader's language; what is no duration stays as it is. */
export function durationText(duration: string, locale: string): string {
  const [, amount, letter] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  if (amount === undefined || letter === undefined || !(letter in UNITS)) return duration;
  const unit = UNITS[letter as keyof typeof UNITS];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(amount));
}
