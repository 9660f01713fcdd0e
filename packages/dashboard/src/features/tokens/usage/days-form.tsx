import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Input } from '../../../ui/input.tsx';
import { spanOfDays } from './range.ts';
import { useTokenUsageTexts } from './texts.ts';

export interface DaysFormProps {
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly onShow: (days: { readonly first: string; readonly last: string }) => void;
}

/** Other days than those of the ranges. */
export function DaysForm({ first = '', last = '', onShow }: DaysFormProps): ReactElement {
  const texts = useTokenUsageTexts();
  const [days, setDays] = useState({ first, last });
  const [isWrong, setWrong] = useState(false);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isRight = spanOfDays(days.first, days.last) !== undefined;
    setWrong(!isRight);
    if (isRight) onShow(days);
  };
  return (
    <form aria-label={texts.customRange} onSubmit={submit} className="flex flex-wrap items-center gap-2">
      <span className="w-40">
        <Input
          type="date"
          required
          aria-label={texts.firstDay}
          aria-describedby={isWrong ? id : undefined}
          value={days.first}
          onChange={(event) => setDays({ ...days, first: event.target.value })}
        />
      </span>
      <span aria-hidden className="text-faint">
        –
      </span>
      <span className="w-40">
        <Input
          type="date"
          required
          aria-label={texts.lastDay}
          aria-describedby={isWrong ? id : undefined}
          value={days.last}
          onChange={(event) => setDays({ ...days, last: event.target.value })}
        />
      </span>
      <Button type="submit">{texts.apply}</Button>
      {isWrong && (
        <p id={id} role="alert" className="text-sm text-danger-ink">
          {texts.wrongDays}
        </p>
      )}
    </form>
  );
}
