import type { ReactElement } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { type CatalogueEntry, countUses, type Service } from './find-routes.ts';
import { ScopeName } from './scope-name.tsx';
import { useScopesTexts } from './texts.ts';

export interface CatalogueTableProps {
  readonly scopes: readonly CatalogueEntry[];
  /** All of them: what is counted does not depend on the search. */
  readonly services: readonly Service[];
}

/** Every scope with its kind and what it allows. */
export function CatalogueTable({ scopes, services }: CatalogueTableProps): ReactElement {
  const texts = useScopesTexts();
  const uses = countUses(services);
  return (
    <Panel isFlush>
      <Table label={texts.catalogue}>
        <thead>
          <tr>
            <Th>{texts.scope}</Th>
            <Th>{texts.kind}</Th>
            <Th>{texts.allows}</Th>
            <Th>{texts.usedBy}</Th>
          </tr>
        </thead>
        <tbody>
          {scopes.map((scope) => {
            const count = uses.get(scope.id) ?? 0;
            return (
              <tr key={scope.id}>
                <Td>
                  <ScopeName name={scope.id} />
                </Td>
                <Td>
                  <Badge tone={scope.public ? 'success' : scope.operatorOnly ? 'accent' : 'warning'}>
                    {scope.public ? texts.public : scope.operatorOnly ? texts.operatorOnly : texts.secret}
                  </Badge>
                </Td>
                <Td className="min-w-56 text-soft">{texts.describe(scope)}</Td>
                <Td className="whitespace-nowrap text-soft">
                  {count === 0 ? texts.noUse : texts.requests({ count })}
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Panel>
  );
}
