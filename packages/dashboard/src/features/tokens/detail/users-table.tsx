import type { ReactElement } from 'react';
import { useLanguage } from '../../../language/language-context.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import type { TokenUser } from './group-users.ts';
import { useTokenPageTexts } from './texts.ts';

/** Pages and programs, with how often and when last. */
export function UsersTable({ users }: { readonly users: readonly TokenUser[] }): ReactElement {
  const { users: texts } = useTokenPageTexts();
  const { locale } = useLanguage();
  const number = new Intl.NumberFormat(locale);
  return (
    <Table label={texts.table}>
      <thead>
        <tr>
          <Th>{texts.origin}</Th>
          <Th>{texts.client}</Th>
          <Th>{texts.service}</Th>
          <Th className="text-right">{texts.requests}</Th>
          <Th className="text-right">{texts.refused}</Th>
          <Th>{texts.last}</Th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={`${user.origin} ${user.client}`} className="last:[&>td]:border-b-0">
            <Td className="max-w-64 min-w-36 font-medium [overflow-wrap:anywhere]">
              {user.origin === '' ? (
                <span className="font-normal text-soft">{texts.noOrigin}</span>
              ) : user.origin === '*' ? (
                texts.others
              ) : (
                user.origin
              )}
            </Td>
            <Td className="text-soft">{user.client === '*' ? texts.others : user.client}</Td>
            <Td className="text-soft">{user.services.join(', ')}</Td>
            <Td className="text-right tabular-nums">{number.format(user.allowed + user.refused)}</Td>
            <Td
              className={
                user.refused > 0
                  ? 'text-right text-danger-ink tabular-nums'
                  : 'text-right text-faint tabular-nums'
              }
            >
              {number.format(user.refused)}
            </Td>
            <Td className="text-soft">
              <Time at={user.last} as="ago" />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
