import { builtInScopes } from '@latchkey/core';
import type { Services } from '@latchkey/wire/native';
import { ChevronRight } from 'lucide-react';
import type { ReactElement } from 'react';
import { routesOf } from './opened-routes.ts';
import { useTokenPageTexts } from './texts.ts';

const OWN = new Set<string>(builtInScopes.map(({ id }) => id));

/** A scope that unfolds to the routes that it opens. */
export function ScopeLine({
  scope,
  services,
}: {
  readonly scope: string;
  readonly services: Services['services'];
}): ReactElement {
  const { access: texts } = useTokenPageTexts();
  const routes = routesOf(scope, services);
  if (routes.length === 0) {
    return (
      <li className="flex flex-wrap items-center gap-x-3 pl-5">
        <span className="font-mono text-sm">{scope}</span>
        <span className="text-sm text-soft">{OWN.has(scope) ? texts.ownApi : texts.opensNothing}</span>
      </li>
    );
  }
  return (
    <li>
      <details className="group">
        <summary className="flex list-none flex-wrap items-center gap-x-3 rounded-sm [&::-webkit-details-marker]:hidden">
          <span className="flex items-center gap-1">
            <ChevronRight
              aria-hidden
              className="size-4 text-soft transition-transform group-open:rotate-90"
            />
            <span className="font-mono text-sm">{scope}</span>
          </span>
          <span className="text-sm text-soft">{texts.opens({ count: routes.length })}</span>
        </summary>
        <ul className="mt-1.5 mb-2 ml-2 flex flex-col gap-2 border-l border-line pl-4">
          {routes.map((route) => (
            <li key={`${route.methods.join()} ${route.path}`}>
              <p className="font-mono text-sm">
                <span className="font-semibold">{route.methods.join(', ')}</span> {route.path}
              </p>
              <p className="text-sm text-soft">
                {route.service}
                {route.alsoNeeds.length > 0 &&
                  ` · ${texts.alsoNeeds({ scopes: route.alsoNeeds.join(', ') })}`}
                {route.description !== '' && ` · ${route.description}`}
              </p>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
