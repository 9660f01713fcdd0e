import { defaultCatalogue, usageOf } from '@latchkey/core';
import { type ReactElement, useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { useGuideTexts } from '../texts.ts';
import { Demo } from './demo.tsx';

const OFFERED = ['styles:read', 'styles:tiles', 'fonts:read', 'styles:write', 'uploads:write'] as const;
const SCOPES = defaultCatalogue.scopes.filter(({ id }) => OFFERED.some((offered) => offered === id));

/** Scopes to tick, judged by the rule that the server judges by. */
export function ScopeKind(): ReactElement {
  const texts = useGuideTexts().scopeKind;
  const kinds = useGuideTexts().kinds;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['styles:read']));
  const scopes = SCOPES.map(({ id }) => id).filter((id) => chosen.has(id));
  const usage = usageOf(scopes, defaultCatalogue);
  const group = (isPublic: boolean, title: string) => (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-sm font-medium">{title}</legend>
      {SCOPES.filter((scope) => scope.public === isPublic).map(({ id }) => (
        <label key={id} className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={chosen.has(id)}
            onChange={(event) => {
              const next = new Set(chosen);
              if (event.target.checked) next.add(id);
              else next.delete(id);
              setChosen(next);
            }}
          />
          <code className="text-sm">{id}</code>
        </label>
      ))}
    </fieldset>
  );
  return (
    <Demo label={texts.label}>
      <div className="grid gap-4 sm:grid-cols-2">
        {group(true, texts.public)}
        {group(false, texts.secret)}
      </div>
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Badge tone={usage === 'pk' ? 'success' : 'warning'}>{kinds[usage]}</Badge>
        {scopes.length === 0 ? texts.none : texts[usage]}
      </p>
    </Demo>
  );
}
