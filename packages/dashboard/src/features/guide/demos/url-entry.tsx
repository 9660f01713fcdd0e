import { decide, parseUrlEntry } from '@latchkey/core';
import { type ReactElement, useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { useGuideTexts } from '../texts.ts';
import { Demo } from './demo.tsx';
import { sampleRequest, sampleToken } from './sample-request.ts';

const POLICY = { requires: [], secretInQuery: 'flag', publicOrigin: undefined } as const;

/** An entry and a page, judged by the code that judges requests. */
export function UrlEntry(): ReactElement {
  const texts = useGuideTexts().urlEntry;
  const [entry, setEntry] = useState('https://shop.example');
  const [page, setPage] = useState('https://www.shop.example/map');
  const parsed = parseUrlEntry(entry, { appSchemes: [] });
  const origin = originOf(page);
  return (
    <Demo label={texts.label}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={texts.entry}>
          {(control) => (
            <Input {...control} value={entry} onChange={(event) => setEntry(event.target.value)} />
          )}
        </Field>
        <Field label={texts.page}>
          {(control) => <Input {...control} value={page} onChange={(event) => setPage(event.target.value)} />}
        </Field>
      </div>
      <div role="status" className="flex flex-col gap-1.5">
        {!parsed.ok && <p>{texts.notAnEntry}</p>}
        {origin === undefined && <p>{texts.notAPage}</p>}
        {parsed.ok && parsed.entry !== entry.trim() && (
          <p className="text-soft">{texts.savedAs({ entry: parsed.entry })}</p>
        )}
        {parsed.ok && origin !== undefined && (
          <Verdict
            isAllowed={
              decide(sampleToken([], [parsed.rule]), sampleRequest(origin, undefined), POLICY, 0).allow
            }
            origin={origin}
          />
        )}
        {parsed.ok && parsed.warnings.some(({ code }) => code === 'path_advisory') && (
          <p className="text-soft">{texts.pathAdvice}</p>
        )}
      </div>
    </Demo>
  );
}

function Verdict({
  isAllowed,
  origin,
}: {
  readonly isAllowed: boolean;
  readonly origin: string;
}): ReactElement {
  const texts = useGuideTexts().urlEntry;
  return (
    <p className="flex flex-wrap items-center gap-2">
      <Badge tone={isAllowed ? 'success' : 'danger'}>{isAllowed ? texts.accepted : texts.refused}</Badge>
      {isAllowed ? texts.acceptedWhy({ origin }) : texts.refusedWhy({ origin })}
    </p>
  );
}

function originOf(page: string): string | undefined {
  const url = URL.parse(page);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.origin : undefined;
}
