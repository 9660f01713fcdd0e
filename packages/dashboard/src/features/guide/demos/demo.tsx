import { FlaskConical } from 'lucide-react';
import { type ReactElement, type ReactNode, useId } from 'react';
import { useGuideTexts } from '../texts.ts';

/** The frame around something to try out. */
export function Demo({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactElement {
  const texts = useGuideTexts();
  const id = useId();
  return (
    <figure aria-labelledby={id} className="my-6 overflow-hidden rounded-lg border border-line bg-panel">
      <figcaption
        id={id}
        className="flex items-center gap-2 border-b border-line bg-sunken px-4 py-2 text-sm text-soft"
      >
        <FlaskConical aria-hidden className="size-3.5" />
        <span>
          <span className="font-medium text-ink">{texts.tryIt}</span> · {label}
        </span>
      </figcaption>
      <div className="flex flex-col gap-4 p-4">{children}</div>
    </figure>
  );
}

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, all of them in sight. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: ChoiceProps<Value>): ReactElement {
  const name = useId();
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="inline-flex cursor-pointer items-center rounded-md border border-line px-2.5 py-1 text-sm text-soft has-checked:border-accent-ink has-checked:bg-accent-soft has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
