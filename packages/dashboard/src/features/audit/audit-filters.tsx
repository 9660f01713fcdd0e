import { AUDIT_ACTIONS } from '@latchkey/wire/native';
import { type ReactElement, useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import type { AuditFilter } from './queries.ts';
import { useAuditTexts } from './texts.ts';

const TYPING_MS = 350;

export interface AuditFiltersProps {
  readonly filter: AuditFilter;
  /** Another account's log may be asked for. */
  readonly isOperator: boolean;
  readonly onChange: (filter: AuditFilter) => void;
}

/** What to look for. Every field narrows what is shown. */
export function AuditFilters({ filter, isOperator, onChange }: AuditFiltersProps): ReactElement {
  const texts = useAuditTexts();
  const isSet = Object.values(filter).some((value) => value !== undefined);
  const words: Readonly<Record<string, string>> = texts.actions;
  return (
    <search aria-label={texts.filters} className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <Field label={texts.action}>
        {(control) => (
          <Select
            {...control}
            value={filter.action ?? ''}
            onChange={(event) => {
              const action = AUDIT_ACTIONS.find((each) => each === event.target.value);
              onChange({ ...filter, action });
            }}
          >
            <option value="">{texts.everyAction}</option>
            {AUDIT_ACTIONS.map((action) => (
              <option key={action} value={action}>
                {words[action] ?? action}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <TypedField
        label={texts.subject}
        placeholder={texts.subjectHint}
        value={filter.subject}
        onChange={(subject) => onChange({ ...filter, subject })}
      />
      <TypedField
        label={texts.actor}
        placeholder={texts.actorHint}
        value={filter.actor}
        onChange={(actor) => onChange({ ...filter, actor })}
      />
      <TimeField
        label={texts.since}
        value={filter.since}
        onChange={(since) => onChange({ ...filter, since })}
      />
      <TimeField
        label={texts.until}
        value={filter.until}
        onChange={(until) => onChange({ ...filter, until })}
      />
      {isOperator && (
        <TypedField
          label={texts.account}
          placeholder={texts.accountHint}
          value={filter.account}
          onChange={(account) => onChange({ ...filter, account })}
        />
      )}
      {isSet && (
        <div>
          <Button onClick={() => onChange({})}>{texts.clear}</Button>
        </div>
      )}
    </search>
  );
}

interface TypedFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** Tells what was typed once the reader pauses, so that not each letter is a call. */
function TypedField({ label, placeholder, value, onChange }: TypedFieldProps): ReactElement {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts the pause anew
  useEffect(() => {
    const wanted = text.trim() === '' ? undefined : text.trim();
    if (wanted === value) return undefined;
    const timer = setTimeout(() => onChange(wanted), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          placeholder={placeholder}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
    </Field>
  );
}

interface TimeFieldProps {
  readonly label: string;
  /** ISO 8601. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** A moment in the reader's own zone. */
function TimeField({ label, value, onChange }: TimeFieldProps): ReactElement {
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          type="datetime-local"
          value={value === undefined ? '' : localText(new Date(value))}
          onChange={({ target }) =>
            onChange(target.value === '' ? undefined : new Date(target.value).toISOString())
          }
        />
      )}
    </Field>
  );
}

/** As the control wants it: `2026-11-24T09:30` by the reader's clock. */
function localText(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
