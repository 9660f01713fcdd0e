import { TriangleAlert, X } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classes } from '../../../ui/classes.ts';
import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { CONTROL } from '../../../ui/input.tsx';
import { AddressTest } from './address-test.tsx';
import { useTokenFormTexts } from './texts.ts';
import type { UrlCheck } from './url-check.ts';
import {
  type Added,
  addEntries,
  type DraftEntry,
  ENTRIES_LIMIT,
  isForeignScheme,
  storedEntries,
  withWarnings,
} from './url-entries.ts';

export interface UrlEditorProps {
  readonly entries: readonly DraftEntry[];
  readonly onChange: (entries: readonly DraftEntry[]) => void;
  readonly strictPaths: boolean;
  readonly onStrictPathsChange: (isStrict: boolean) => void;
  /** Of the entries as they stand. */
  readonly check: UrlCheck;
  /** Said where the list is empty: what that means for this token. */
  readonly whenEmpty: ReactElement;
}

/** The list of pages that may use a token: typed or pasted, shown as it will be stored, with a box to try addresses in. */
export function UrlEditor(props: UrlEditorProps): ReactElement {
  const { entries, onChange, strictPaths, onStrictPathsChange, check, whenEmpty } = props;
  const texts = useTokenFormTexts();
  const [text, setText] = useState('');
  const [last, setLast] = useState<Added | undefined>(undefined);
  const hasPath = entries.some(({ warnings }) => warnings.some(({ code }) => code === 'path_advisory'));
  const take = (added: Added) => {
    setLast(added);
    // What was refused stays in the field, to be mended there.
    setText(added.refused.map((refused) => refused.written).join('\n'));
    if (added.entries.length > entries.length) onChange(added.entries);
  };
  const add = async (written: string) => {
    if (written.trim() === '') return;
    const added = addEntries(entries, written);
    take(added);
    const foreign = added.refused.filter(isForeignScheme);
    if (foreign.length === 0) return;
    const read = await Promise.all(foreign.map((one) => check.readForeign(one.written)));
    const taken = storedEntries(read.filter((entry) => entry !== undefined));
    const refused = added.refused.filter((one) => read[foreign.indexOf(one)] === undefined);
    if (taken.length > 0) take({ ...added, entries: [...added.entries, ...taken], refused });
  };
  return (
    <div className="flex flex-col gap-4">
      <Field label={texts.urlField} hint={texts.urlFieldHint}>
        {(control) => (
          <div className="flex items-start gap-2">
            <textarea
              {...control}
              rows={1}
              aria-invalid={last !== undefined && last.refused.length > 0 ? true : undefined}
              value={text}
              placeholder={texts.urlPlaceholder}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              className={classes(
                CONTROL,
                'field-sizing-content max-h-56 min-h-9 resize-none py-[7px] font-mono !text-sm',
              )}
              onChange={(event) => setText(event.target.value)}
              onPaste={(event) => {
                const pasted = event.clipboardData.getData('text');
                if (!/[\s,]/.test(pasted.trim())) return;
                event.preventDefault();
                void add(`${text}\n${pasted}`);
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
                event.preventDefault();
                void add(text);
              }}
            />
            <Button onClick={() => void add(text)}>{texts.add}</Button>
          </div>
        )}
      </Field>
      <AddedRemarks added={last} />
      {entries.length === 0 ? (
        whenEmpty
      ) : (
        <Entries
          entries={entries.map((entry) => withWarnings(entry, check.warnings))}
          onRemove={(gone) => onChange(entries.filter(({ entry }) => entry !== gone))}
          onRemoveAll={() => onChange([])}
        />
      )}
      {entries.length > 0 && check.isUnknown && <p className="text-sm text-soft">{texts.cannotCheck}</p>}
      {hasPath && (
        <Checkbox
          label={texts.strictPaths}
          hint={texts.strictPathsHint}
          checked={strictPaths}
          onChange={(event) => onStrictPathsChange(event.target.checked)}
        />
      )}
      <AddressTest entries={entries.map(({ entry }) => entry)} strictPaths={strictPaths} />
    </div>
  );
}

function AddedRemarks({ added }: { readonly added: Added | undefined }): ReactElement {
  const texts = useTokenFormTexts();
  return (
    <div role="status" className="empty:hidden">
      {added !== undefined && added.refused.length > 0 && (
        <Callout kind="danger" title={texts.notTaken({ count: added.refused.length })}>
          <ul className="flex flex-col gap-1">
            {added.refused.map((refused) => (
              <li key={refused.written}>{texts.fault(refused)}</li>
            ))}
          </ul>
        </Callout>
      )}
      {added !== undefined && added.refused.length === 0 && added.repeated > 0 && (
        <p className="text-sm text-soft">{texts.repeated({ count: added.repeated })}</p>
      )}
    </div>
  );
}

function Entries({
  entries,
  onRemove,
  onRemoveAll,
}: {
  readonly entries: readonly DraftEntry[];
  readonly onRemove: (entry: string) => void;
  readonly onRemoveAll: () => void;
}): ReactElement {
  const texts = useTokenFormTexts();
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <div className="flex items-center gap-3 border-b border-line bg-sunken py-1 pr-1.5 pl-3 text-sm text-soft">
        <span className="flex-1">{texts.entries}</span>
        <span className="tabular-nums">
          {texts.entriesCount({ count: entries.length, limit: ENTRIES_LIMIT })}
        </span>
        <Button size="small" kind="quiet" onClick={onRemoveAll}>
          {texts.removeAll}
        </Button>
      </div>
      <ul aria-label={texts.entries} className="max-h-80 overflow-y-auto">
        {entries.map(({ entry, warnings }) => (
          <li
            key={entry}
            className="flex items-start gap-2 border-b border-line py-1 pr-1.5 pl-3 last:border-b-0"
          >
            <div className="min-w-0 flex-1 py-1">
              <span className="font-mono text-sm [overflow-wrap:anywhere]">{entry}</span>
              {warnings.map(({ code, detail }) => (
                <span key={code} className={remarkClasses(code)}>
                  {code !== 'saved_as' && <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />}
                  {texts.warning({ code, entry, detail })}
                </span>
              ))}
            </div>
            <IconButton label={texts.removeEntry({ entry })} onClick={() => onRemove(entry)}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** That an entry is stored in another form is worth knowing, and no danger. */
function remarkClasses(code: string): string {
  return `flex gap-1.5 text-sm ${code === 'saved_as' ? 'text-soft' : 'text-warning-ink'}`;
}
