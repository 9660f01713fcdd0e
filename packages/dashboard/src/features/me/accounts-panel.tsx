import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useSessionTexts } from '../../session/texts.ts';
import { useSession } from '../../session/use-session.ts';
import { buttonClasses } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useMeTexts } from './texts.ts';

export function AccountsPanel(): ReactElement {
  const texts = useMeTexts();
  const { roles } = useSessionTexts();
  const { accounts } = useSession();
  return (
    <Panel title={texts.accounts} description={texts.accountsText}>
      {accounts.length === 0 ? (
        <p className="text-soft">{texts.noAccounts}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {accounts.map(({ name, role }) => (
            <li key={name} className="flex items-center justify-between gap-4 py-2.5 first:pt-0 last:pb-0">
              <span className="min-w-0">
                <span className="block truncate font-medium">{name}</span>
                <span className="block text-sm text-soft">{roles[role]}</span>
              </span>
              <Link to="/a/$account" params={{ account: name }} className={buttonClasses({ size: 'small' })}>
                {texts.open}
                <span className="sr-only">{name}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
