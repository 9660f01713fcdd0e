import { X } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { addPlainEntries, type PlainAdded, type PlainKind } from './plain-entries.ts';
import { useTokenFormTexts } from './texts.ts';

export interface EntryFieldProps {
  readonly kind: PlainKind;
  readonly label: string;
  readonly hint: string;
  readonly placeholder: string;
  readonly entries: readonly string[];
  readonly onChange: (entries: readonly string[]) => void;
}

/** A restriction that is a list of plain texts. What leaves the field is taken, so that nothing typed is forgotten. */
export function EntryField({
  kind,
  label,
  hint,
  placeholder,
  entries,
  onChange,
}: EntryFieldProps): ReactElement {
  const texts = useTokenFormTexts();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<PlainAdded['refused']>([]);
  const add = () => {
    if (text.trim() === '') return;
    const added = addPlainEntries(kind, entries, text);
    setRefused(added.refused);
    setText(added.refused.map(({ written }) => written).join(' '));
    if (added.entries.length > entries.length) onChange(added.entries);
  };
  const error = refused.map((one) => texts.plainFault({ kind, ...one })).join(' ');
  return (
    <div className="flex flex-col gap-2">
      <Field label={label} hint={hint} error={error === '' ? undefined : error}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              value={text}
              placeholder={placeholder}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              className="font-mono text-sm"
              onChange={(event) => setText(event.target.value)}
              onBlur={add}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                event.preventDefault();
                add();
              }}
            />
            <Button onClick={add}>{texts.add}</Button>
          </div>
        )}
      </Field>
      {entries.length > 0 && (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {entries.map((entry) => (
            <li
              key={entry}
              className="flex items-center rounded-sm border border-line bg-sunken pl-2 font-mono text-sm"
            >
              <span className="[overflow-wrap:anywhere]">{entry}</span>
              <button
                type="button"
                aria-label={texts.removeEntry({ entry })}
                title={texts.removeEntry({ entry })}
                className="flex size-7 shrink-0 items-center justify-center text-soft hover:text-ink"
                onClick={() => onChange(entries.filter((each) => each !== entry))}
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
