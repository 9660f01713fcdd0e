import type { AuditEntry } from '@latchkey/wire/native';
import type { ReactElement } from 'react';
import { Time } from '../../ui/time.tsx';
import { type ChangedField, changedFields } from './changed-fields.ts';
import { useAuditTexts } from './texts.ts';

/** Fields whose numbers are moments, in unix milliseconds. */
const MOMENTS: ReadonlySet<string> = new Set(['expires', 'startedAt', 'dueAt', 'endedAt', 'expiresAt']);

/** What a change made different: removed on the left, added on the right. */
export function ChangeDetails({ entry }: { readonly entry: AuditEntry }): ReactElement {
  const texts = useAuditTexts();
  const names: Readonly<Record<string, string>> = texts.fields;
  const fields = changedFields(entry);
  if (fields.length === 0) return <p className="text-soft">{texts.unchanged}</p>;
  return (
    <table className="w-full border-collapse text-left text-sm">
      <thead>
        <tr className="text-xs text-soft">
          <th scope="col" className="w-40 py-1 pr-3 font-medium max-sm:w-24">
            {texts.field}
          </th>
          <th scope="col" className="py-1 pr-3 font-medium">
            {texts.before}
          </th>
          <th scope="col" className="py-1 font-medium">
            {texts.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name} className="border-t border-line align-top">
            <th scope="row" className="py-1.5 pr-3 font-normal text-soft">
              {names[field.name] ?? field.name}
            </th>
            <Sides field={field} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sides({ field }: { readonly field: ChangedField }): ReactElement {
  const texts = useAuditTexts();
  const cell = 'py-1.5 pr-3 [overflow-wrap:anywhere]';
  if (field.kind === 'value') {
    return (
      <>
        <td className={cell}>
          <Value name={field.name} value={field.before} />
        </td>
        <td className={cell}>
          <Value name={field.name} value={field.after} />
        </td>
      </>
    );
  }
  return (
    <>
      <td className={cell}>
        <Entries
          entries={field.removed}
          mark="−"
          word={texts.removed}
          className="bg-danger-soft text-danger-ink"
        />
      </td>
      <td className={cell}>
        <Entries
          entries={field.added}
          mark="+"
          word={texts.added}
          className="bg-success-soft text-success-ink"
        />
      </td>
    </>
  );
}

interface EntriesProps {
  readonly entries: readonly string[];
  readonly mark: string;
  /** Said to readers instead of the mark. */
  readonly word: string;
  readonly className: string;
}

function Entries({ entries, mark, word, className }: EntriesProps): ReactElement {
  return (
    <ul className="flex flex-wrap gap-1">
      {entries.map((entry) => (
        <li key={entry} className={`rounded-sm px-1.5 font-mono ${className}`}>
          <span aria-hidden>{mark} </span>
          <span className="sr-only">{word} </span>
          {entry}
        </li>
      ))}
    </ul>
  );
}

function Value({ name, value }: { readonly name: string; readonly value: unknown }): ReactElement {
  const texts = useAuditTexts();
  if (value === null || value === undefined || value === '')
    return <span className="text-faint">{texts.nothingSet}</span>;
  if (typeof value === 'boolean') return <>{value ? texts.yes : texts.no}</>;
  if (typeof value === 'number' && MOMENTS.has(name)) return <Time at={new Date(value).toISOString()} />;
  if (typeof value === 'string') return <>{value}</>;
  return <code className="break-all">{JSON.stringify(value)}</code>;
}
