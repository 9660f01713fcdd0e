import { type ReactElement, useMemo } from 'react';
import { useLanguage } from '../language/language-context.tsx';
import { useUiTexts } from './texts.ts';
import { useNow } from './use-now.ts';

export interface TimeProps {
  /** ISO 8601. */
  readonly at: string;
  /** `ago`: "3 hours ago", ticking. `moment`: date and time in the reader's zone, which is named. `day`: the date alone. */
  readonly as?: 'ago' | 'moment' | 'day' | undefined;
}

/** A moment in the reader's language and zone; when the pointer rests on it, in full and in UTC. */
export function Time({ at, as = 'moment' }: TimeProps): ReactElement {
  const { locale } = useLanguage();
  const texts = useUiTexts();
  const date = useMemo(() => new Date(at), [at]);
  const { moment, inFull, utc } = useMemo(
    () => ({
      moment: new Intl.DateTimeFormat(
        locale,
        as === 'day'
          ? { dateStyle: 'medium' }
          : {
              year: 'numeric',
              month: 'short',
              day: 'numeric',
              hour: '2-digit',
              minute: '2-digit',
              timeZoneName: 'short',
            },
      ).format(date),
      inFull: new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }).format(date),
      utc: date.toISOString().replace('T', ' ').slice(0, 19),
    }),
    [date, locale, as],
  );
  return (
    <time
      dateTime={at}
      title={`${inFull}\n${texts.utc({ moment: utc })}`}
      className="whitespace-nowrap tabular-nums"
    >
      {as === 'ago' ? <Ago date={date} locale={locale} /> : moment}
    </time>
  );
}

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

function Ago({ date, locale }: { readonly date: Date; readonly locale: string }): string {
  const seconds = Math.round((date.getTime() - useNow()) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(0, 'second');
}
