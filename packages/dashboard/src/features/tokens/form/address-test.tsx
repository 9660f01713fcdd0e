import { Check, X } from 'lucide-react';
import { type ReactElement, useDeferredValue, useId, useMemo, useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { type TestedAddress, type TestedRequest, testAddress } from './test-address.ts';
import { useTokenFormTexts } from './texts.ts';

/** A box in which a page's address is tried against the entries: what browsers would send, and which entry fits. */
export function AddressTest({
  entries,
  strictPaths,
}: {
  readonly entries: readonly string[];
  readonly strictPaths: boolean;
}): ReactElement {
  const texts = useTokenFormTexts();
  const titleId = useId();
  const [text, setText] = useState('');
  const address = useDeferredValue(text);
  const tested = useMemo(() => testAddress(address, entries, strictPaths), [address, entries, strictPaths]);
  const isNoAddress = address.trim() !== '' && tested === undefined;
  return (
    <section
      aria-labelledby={titleId}
      className="flex flex-col gap-3 rounded-md border border-line bg-sunken p-3.5"
    >
      <h3 id={titleId} className="text-sm font-semibold">
        {texts.testTitle}
      </h3>
      <Field label={texts.testField} hint={texts.testHint} error={isNoAddress ? texts.noAddress : undefined}>
        {(control) => (
          <Input
            {...control}
            type="text"
            inputMode="url"
            value={text}
            placeholder={texts.testPlaceholder}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            className="font-mono text-sm"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div role="status" className="flex flex-col gap-3 empty:hidden">
        {tested !== undefined && <Outcome tested={tested} />}
      </div>
    </section>
  );
}

function Outcome({ tested }: { readonly tested: TestedAddress }): ReactElement {
  const texts = useTokenFormTexts();
  return (
    <>
      <p className="font-mono text-sm [overflow-wrap:anywhere]">
        {tested.origin}
        <span className="text-soft">{tested.path}</span>
      </p>
      {tested.entries.length === 0 ? (
        <p>{texts.testWorksAnywhere}</p>
      ) : (
        <ul className="flex flex-col gap-1.5">
          {tested.requests.map((request) => (
            <RequestLine key={request.kind} request={request} />
          ))}
        </ul>
      )}
      {tested.entries.length > 0 && (
        <ul className="flex flex-col border-t border-line pt-2">
          {tested.entries.map(({ entry, verdict }) => (
            <li key={entry} className="flex items-center gap-2 text-sm">
              {verdict === 'admits' ? (
                <Check aria-hidden className="size-3.5 shrink-0 text-success-ink" />
              ) : (
                <X aria-hidden className="size-3.5 shrink-0 text-soft" />
              )}
              <span className="min-w-0 truncate font-mono">{entry}</span>
              <span className="text-soft">{texts.verdict[verdict]}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function RequestLine({ request }: { readonly request: TestedRequest }): ReactElement {
  const texts = useTokenFormTexts();
  const { kind, allowed, reason, detail } = request;
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
      <Badge tone={allowed ? 'success' : 'danger'}>
        {allowed ? <Check aria-hidden /> : <X aria-hidden />}
        {allowed ? texts.allowed : texts.refused}
      </Badge>
      <span>{texts.requestKind[kind]}</span>
      {!allowed && (
        <span className="text-sm text-soft" title={detail}>
          {texts.refusedBecause[becauseOf(reason)]}
        </span>
      )}
    </li>
  );
}

function becauseOf(
  reason: TestedRequest['reason'],
): 'url_not_allowed' | 'path_not_visible' | 'evidence_missing' | 'other' {
  if (reason === 'url_not_allowed' || reason === 'path_not_visible' || reason === 'evidence_missing')
    return reason;
  return 'other';
}
