import type { ReactElement } from 'react';
import { Panel } from '../../ui/panel.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import type { Service } from './find-routes.ts';
import { ScopeName } from './scope-name.tsx';
import { useScopesTexts } from './texts.ts';

/** Each API with its requests and the scopes that they need. */
export function ServiceList({ services }: { readonly services: readonly Service[] }): ReactElement {
  const texts = useScopesTexts();
  return (
    <div className="flex flex-col gap-5">
      {services.map(({ name, title, description, baseUrl, routes }) => (
        <Panel
          key={name}
          title={title}
          description={
            <>
              {description}
              {baseUrl !== undefined && <code className="mt-1 block text-sm break-all">{baseUrl}</code>}
            </>
          }
          isFlush
        >
          <Table label={`${title}: ${texts.services}`}>
            <thead>
              <tr>
                <Th className="border-t">{texts.request}</Th>
                <Th className="border-t">{texts.needs}</Th>
                <Th className="border-t">{texts.does}</Th>
              </tr>
            </thead>
            <tbody>
              {routes.map((route) => (
                <tr key={`${route.methods.join(',')} ${route.path}`}>
                  <Td className="font-mono text-sm">
                    <span className="mr-2 font-semibold">{route.methods.join(' ')}</span>
                    <span className="[overflow-wrap:anywhere]">{route.path}</span>
                  </Td>
                  <Td>
                    <span className="flex flex-wrap gap-1">
                      {route.scopes.length === 0 ? (
                        <span className="text-soft">{texts.anyToken}</span>
                      ) : (
                        route.scopes.map((scope) => <ScopeName key={scope} name={scope} />)
                      )}
                    </span>
                  </Td>
                  <Td className="min-w-56 text-soft">{route.description}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Panel>
      ))}
    </div>
  );
}
