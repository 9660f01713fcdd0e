import { Link } from '@tanstack/react-router';
import { BookOpen, Braces } from 'lucide-react';
import type { ReactElement } from 'react';
import { lastAccount } from '../session/last-account.ts';
import { useCurrentAccount, useSession } from '../session/use-session.ts';
import { Logo } from '../ui/logo.tsx';
import { AccountSwitcher } from './account-switcher.tsx';
import { ACCOUNT_NAVIGATION, type NavigationEntry, OPERATOR_NAVIGATION } from './navigation.ts';
import { PersonMenu } from './person-menu.tsx';
import { useShellTexts } from './texts.ts';

const NAVIGATION_LINK =
  'flex h-8 items-center gap-2.5 rounded-md px-2 text-soft transition-colors hover:bg-hover hover:text-ink data-[status=active]:bg-hover data-[status=active]:font-medium data-[status=active]:text-ink';

/** Account, pages, person: from top to bottom, the widest choice first. */
export function Sidebar(): ReactElement {
  const texts = useShellTexts();
  const { accounts } = useSession();
  // Pages about no account keep the menu of the last, so that the way back is where it always is.
  const account = useCurrentAccount() ?? lastAccount(accounts);
  const runsInstallation = accounts.some(
    ({ kind, role }) => kind === 'operator' && (role === 'owner' || role === 'admin'),
  );
  return (
    <div className="flex h-full flex-col">
      <div className="hidden h-14 items-center px-4 md:flex">
        <Link to="/" className="flex items-center gap-2.5 rounded-md font-semibold tracking-[-0.01em]">
          <Logo /> Latchkey
        </Link>
      </div>
      <div className="px-2.5 pt-2.5 pb-2 md:pt-0">
        <AccountSwitcher />
      </div>
      <nav aria-label={texts.mainNavigation} className="min-h-0 flex-1 overflow-y-auto px-2.5 py-1">
        <ul className="flex flex-col gap-0.5">
          {account !== undefined &&
            ACCOUNT_NAVIGATION.filter(({ roles }) => roles === undefined || roles.includes(account.role)).map(
              (entry) => <NavigationItem key={entry.label} account={account.name} {...entry} />,
            )}
        </ul>
        {runsInstallation && (
          <>
            <p className="px-2 pt-4 pb-1 text-xs font-medium text-faint">{texts.operator}</p>
            <ul className="flex flex-col gap-0.5">
              {OPERATOR_NAVIGATION.map(({ page, label, icon: Icon }) => (
                <li key={page}>
                  <Link to={`/operator/${page}`} className={NAVIGATION_LINK}>
                    <Icon aria-hidden className="size-4 shrink-0" />
                    {texts[label]}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </nav>
      <ul className="flex flex-col gap-0.5 px-2.5 py-2">
        <li>
          <Link to="/guide/$chapter" params={{ chapter: 'tokens' }} className={NAVIGATION_LINK}>
            <BookOpen aria-hidden className="size-4 shrink-0" />
            {texts.guide}
          </Link>
        </li>
        <li>
          <a href="/docs" className={NAVIGATION_LINK}>
            <Braces aria-hidden className="size-4 shrink-0" />
            {texts.reference}
          </a>
        </li>
      </ul>
      <div className="border-t border-line p-2.5">
        <PersonMenu />
      </div>
    </div>
  );
}

function NavigationItem({
  page,
  account,
  label,
  icon: Icon,
}: NavigationEntry & { readonly account: string }): ReactElement {
  const texts = useShellTexts();
  return (
    <li>
      <Link to={`/a/$account/${page}`} params={{ account }} className={NAVIGATION_LINK}>
        <Icon aria-hidden className="size-4 shrink-0" />
        {texts[label]}
      </Link>
    </li>
  );
}
