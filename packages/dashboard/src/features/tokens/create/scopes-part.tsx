import { type ReactElement, type ReactNode, useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { GuideLink } from '../../../ui/guide-link.tsx';
import { Panel } from '../../../ui/panel.tsx';
import type { OfferedScope, Service } from '../form/scope-groups.ts';
import { ScopePicker } from '../form/scope-picker.tsx';
import { useTokenCreateTexts } from './texts.ts';

export interface ScopesPartProps {
  readonly offered: readonly OfferedScope[];
  readonly services: readonly Service[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  /** The reader wants to choose by hand. */
  readonly isOpen: boolean;
  /** Remarks on the choice. */
  readonly children?: ReactNode;
}

/** What the token may do: the scopes in short, and the picker where it is asked for. */
export function ScopesPart({
  offered,
  services,
  chosen,
  onChange,
  isOpen,
  children,
}: ScopesPartProps): ReactElement {
  const texts = useTokenCreateTexts();
  const [isPicking, setPicking] = useState(false);
  const isShown = isOpen || isPicking;
  const ordered = offered.filter(({ id }) => chosen.has(id));
  return (
    <Panel
      title={texts.scopes}
      description={
        <>
          {texts.scopesHint} <GuideLink chapter="scopes" />
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {children}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          {ordered.length === 0 ? (
            <p className="text-soft">{texts.noScopes}</p>
          ) : (
            <ul aria-label={texts.chosenScopes({ count: ordered.length })} className="flex flex-wrap gap-1.5">
              {ordered.map((scope) => (
                <li key={scope.id} className="font-mono">
                  <Badge tone={scope.public ? 'success' : 'accent'}>{scope.id}</Badge>
                </li>
              ))}
            </ul>
          )}
          {!isOpen && (
            <Button size="small" aria-expanded={isPicking} onClick={() => setPicking(!isPicking)}>
              {isPicking ? texts.hideScopes : texts.changeScopes}
            </Button>
          )}
        </div>
        {isShown && <ScopePicker offered={offered} services={services} chosen={chosen} onChange={onChange} />}
      </div>
    </Panel>
  );
}
