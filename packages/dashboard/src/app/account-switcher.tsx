import { Link } from '@tanstack/react-router';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactElement } from 'react';
import { lastAccount } from '../session/last-account.ts';
import { useSessionTexts } from '../session/texts.ts';
import { useCurrentAccount, useSession } from '../session/use-session.ts';
import { Badge } from '../ui/badge.tsx';
import { Menu, MenuItem, MenuLabel } from '../ui/menu.tsx';
import { useShellTexts } from './texts.ts';

/** Which account the pages are about; a menu where the person belongs to several. */
export function AccountSwitcher(): ReactElement {
  const texts = useShellTexts();
  const { roles } = useSessionTexts();
  const { accounts } = useSession();
  const current = useCurrentAccount() ?? lastAccount(accounts);
  const face = (
    <>
      <Initial name={current?.name ?? '·'} />
      <span className="min-w-0 flex-1 text-left">
        <span className="block truncate font-medium">{current?.name ?? texts.accounts}</span>
        {current !== undefined && (
          <span className="block truncate text-xs text-soft">{roles[current.role]}</span>
        )}
      </span>
    </>
  );
  if (accounts.length < 2 && current !== undefined)
    return <div className="flex items-center gap-2.5 px-2 py-1.5">{face}</div>;
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-md border border-line px-2 py-1.5 hover:bg-hover"
        >
          {current !== undefined && <span className="sr-only">{texts.switchAccount}</span>}
          {face}
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-soft" />
        </button>
      }
    >
      <MenuLabel>{texts.accounts}</MenuLabel>
      {accounts.map(({ name, status, role, kind }) => (
        <MenuItem key={name} asChild>
          <Link to="/a/$account" params={{ account: name }}>
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {kind === 'operator' && <Badge tone="accent">{texts.operator}</Badge>}
            {status === 'suspended' && <Badge tone="warning">{texts.suspended}</Badge>}
            <span className="text-xs text-soft">{roles[role]}</span>
            {name === current?.name && <Check aria-hidden />}
          </Link>
        </MenuItem>
      ))}
    </Menu>
  );
}

function Initial({ name }: { readonly name: string }): ReactElement {
  return (
    <span
      aria-hidden
      className="flex size-7 shrink-0 items-center justify-center rounded-md bg-accent-soft text-sm font-semibold text-accent-ink uppercase"
    >
      {name.slice(0, 1)}
    </span>
  );
}
