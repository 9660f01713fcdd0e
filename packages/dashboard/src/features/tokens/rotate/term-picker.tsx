import { type ReactElement, type ReactNode, useId } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Select } from '../../../ui/select.tsx';
import { QUIET_SPANS, ROTATION_TERMS, type RotationTerm } from './terms.ts';
import { useTokenRotateTexts } from './texts.ts';

export interface TermPickerProps {
  readonly term: RotationTerm;
  readonly onChange: (term: RotationTerm) => void;
}

/** When the old token is to be retired, with what each term is good for. */
export function TermPicker({ term, onChange }: TermPickerProps): ReactElement {
  const { term: texts } = useTokenRotateTexts();
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{texts.legend}</legend>
      <div className="grid gap-2 md:grid-cols-2">
        {ROTATION_TERMS.map((offered) => {
          const isChosen =
            offered.kind === term.kind &&
            (offered.kind === 'untilQuiet' || offered.duration === term.duration);
          const common = { name, isChosen, onChoose: () => onChange(isChosen ? term : offered) };
          if (offered.kind === 'grace') {
            return (
              <Choice
                key={offered.duration}
                {...common}
                label={texts.grace[offered.duration]}
                hint={texts.graceHint[offered.duration]}
                badge={offered.duration === '7d' ? texts.recommended : undefined}
              />
            );
          }
          return (
            <Choice key="untilQuiet" {...common} label={texts.untilQuiet} hint={texts.untilQuietHint}>
              {term.kind === 'untilQuiet' && <QuietSpan span={term.duration} onChange={onChange} />}
            </Choice>
          );
        })}
      </div>
    </fieldset>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly label: string;
  readonly hint: string;
  readonly badge?: string | undefined;
  readonly children?: ReactNode;
}

function Choice({ name, isChosen, onChoose, label, hint, badge, children }: ChoiceProps): ReactElement {
  const id = useId();
  return (
    <div className="relative flex gap-3 rounded-md border border-line px-3.5 py-3 hover:bg-hover has-[input:checked]:border-accent-ink has-[input:checked]:bg-accent-soft">
      <input
        id={id}
        type="radio"
        name={name}
        checked={isChosen}
        onChange={onChoose}
        aria-describedby={`${id}-hint`}
        className="relative z-10 mt-[3px] size-4 shrink-0"
      />
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="flex flex-wrap items-center gap-2">
          {/* The whole card is the label; what stands in it is above it. */}
          <label htmlFor={id} className="font-medium after:absolute after:inset-0 after:content-['']">
            {label}
          </label>
          {badge !== undefined && <Badge tone="accent">{badge}</Badge>}
        </p>
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
        {children !== undefined && <div className="relative">{children}</div>}
      </div>
    </div>
  );
}

function QuietSpan({
  span,
  onChange,
}: {
  readonly span: (typeof QUIET_SPANS)[number];
  readonly onChange: (term: RotationTerm) => void;
}): ReactElement {
  const { term: texts } = useTokenRotateTexts();
  const id = useId();
  return (
    <div className="mt-2 flex items-center gap-2 text-sm">
      <label htmlFor={id}>{texts.quietFor}</label>
      <Select
        id={id}
        value={span}
        onChange={(event) => {
          const duration = QUIET_SPANS.find((each) => each === event.target.value);
          if (duration !== undefined) onChange({ kind: 'untilQuiet', duration });
        }}
      >
        {QUIET_SPANS.map((each) => (
          <option key={each} value={each}>
            {texts.span[each]}
          </option>
        ))}
      </Select>
    </div>
  );
}
