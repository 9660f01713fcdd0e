import { type ReactElement, useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { Time } from '../../../ui/time.tsx';
import { EXPIRY_CHOICES, type ExpiryChoice, expiryOf, localMoment } from './expiry.ts';
import { useTokenFormTexts } from './texts.ts';

export interface ExpiryFieldProps {
  /** ISO 8601; undefined: none. */
  readonly expires: string | undefined;
  readonly onChange: (expires: string | undefined) => void;
}

export function ExpiryField({ expires, onChange }: ExpiryFieldProps): ReactElement {
  const texts = useTokenFormTexts();
  const [choice, setChoice] = useState<ExpiryChoice>(expires === undefined ? 'never' : 'date');
  const [local, setLocal] = useState(expires === undefined ? '' : localMoment(expires));
  const isPast = expires !== undefined && Date.parse(expires) <= Date.now();
  const labelOf = (each: ExpiryChoice) => {
    if (each === 'never') return texts.never;
    if (each === 'date') return texts.atDate;
    return each === '365' ? texts.inYear : texts.inDays({ days: Number(each) });
  };
  return (
    <div className="flex flex-col gap-3">
      <Field label={texts.expires} hint={texts.expiresHint}>
        {(control) => (
          <Select
            {...control}
            className="sm:max-w-64"
            value={choice}
            onChange={(event) => {
              const next = EXPIRY_CHOICES.find((each) => each === event.target.value) ?? 'never';
              setChoice(next);
              onChange(expiryOf(next, local, Date.now()));
            }}
          >
            {EXPIRY_CHOICES.map((each) => (
              <option key={each} value={each}>
                {labelOf(each)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {choice === 'date' && (
        <Field label={texts.expiryDate} error={isPast ? texts.expiryPast : undefined}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              className="sm:max-w-64"
              value={local}
              onChange={(event) => {
                setLocal(event.target.value);
                onChange(expiryOf('date', event.target.value, Date.now()));
              }}
            />
          )}
        </Field>
      )}
      {choice !== 'never' && expires !== undefined && (
        <p className="text-sm text-soft">
          {texts.expiresAt} <Time at={expires} />
        </p>
      )}
    </div>
  );
}
