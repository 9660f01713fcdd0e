import { type ReactElement, useEffect, useState } from 'react';
import { remainingUntil } from './terms.ts';
import { useTokenRotateTexts } from './texts.ts';

/** What is left until a moment, by the second. Readers hear it once, not each second. */
export function Countdown({ until }: { readonly until: string }): ReactElement {
  const { state: texts } = useTokenRotateTexts();
  const end = Date.parse(until);
  const now = useSeconds(end);
  const left = remainingUntil(end, now);
  if (left === undefined) return <span className="font-semibold">{texts.due}</span>;
  const parts = [
    left.days > 0 && texts.days({ count: left.days }),
    (left.days > 0 || left.hours > 0) && texts.hours({ count: left.hours }),
    left.days === 0 && texts.minutes({ count: left.minutes }),
    left.days === 0 && left.hours === 0 && texts.seconds({ count: left.seconds }),
  ].filter((part) => part !== false);
  return (
    <span role="timer" aria-live="off" className="font-semibold tabular-nums">
      {parts.join(' ')}
    </span>
  );
}

/** Unix milliseconds, renewed each second until `end`. */
function useSeconds(end: number): number {
  const [now, setNow] = useState(Date.now);
  const isOver = now >= end;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isOver]);
  return now;
}
