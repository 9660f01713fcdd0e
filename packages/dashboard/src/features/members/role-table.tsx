import { ROLE_RIGHTS, ROLES, type Role, type RoleRights } from '@latchkey/core';
import { Check, Minus } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { useSessionTexts } from '../../session/texts.ts';
import { Panel } from '../../ui/panel.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { useMembersTexts } from './texts.ts';

const rightsOf = (role: Role): RoleRights => ROLE_RIGHTS[role];

/** What each role may do, from the table that decides. */
export function RoleTable(): ReactElement {
  const texts = useMembersTexts();
  const { roles } = useSessionTexts();
  const rows: readonly (readonly [string, (rights: RoleRights) => ReactNode])[] = [
    [texts.abilities.read, ({ scopes }) => <Mark may={scopes.includes('tokens:read')} />],
    [texts.abilities.write, ({ scopes }) => <Mark may={scopes.includes('tokens:write')} />],
    [texts.givesName, ({ gives }) => texts.gives[gives]],
    [
      texts.abilities.manage,
      ({ manages }) => (manages.length === 0 ? texts.nobody : manages.map((role) => roles[role]).join(', ')),
    ],
    [texts.abilities.operate, ({ operatorScopes }) => <Mark may={operatorScopes.length > 0} />],
  ];
  return (
    <Panel title={texts.roles} description={texts.rolesText} isFlush>
      <Table label={`${texts.roles}: ${texts.role}`}>
        <thead>
          <tr>
            <Th className="border-t">
              <span className="sr-only">{texts.role}</span>
            </Th>
            {ROLES.map((role) => (
              <Th key={role} className="border-t">
                {roles[role]}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, cell]) => (
            <tr key={name}>
              <th
                scope="row"
                className="min-w-44 border-b border-line px-4 py-2.5 text-left font-normal text-soft"
              >
                {name}
              </th>
              {ROLES.map((role) => (
                <Td key={role}>{cell(rightsOf(role))}</Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Mark({ may }: { readonly may: boolean }): ReactElement {
  const texts = useMembersTexts();
  return may ? (
    <Check role="img" aria-label={texts.may} className="size-4 text-success-ink" />
  ) : (
    <Minus role="img" aria-label={texts.mayNot} className="size-4 text-faint" />
  );
}
