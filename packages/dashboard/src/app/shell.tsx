import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Menu as MenuIcon, X } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import { rememberAccount } from '../session/last-account.ts';
import { StepUpProvider } from '../session/step-up.tsx';
import { useLanguageOfPerson } from '../session/use-language-of-person.ts';
import { useLiveUpdates } from '../session/use-live-updates.ts';
import { useCurrentAccount } from '../session/use-session.ts';
import { Callout } from '../ui/callout.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Logo } from '../ui/logo.tsx';
import { Sidebar } from './sidebar.tsx';
import { useShellTexts } from './texts.ts';
import { useFocusOnNewPage } from './use-focus-on-new-page.ts';

/** What stands around every page behind the sign-in: the menu at the side, or in a drawer where the window is narrow. */
export function Shell(): ReactElement {
  const texts = useShellTexts();
  const account = useCurrentAccount();
  useLiveUpdates(account?.name);
  const [isOpen, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever goes to another page is done with the menu
  useEffect(() => setOpen(false), [path]);
  useFocusOnNewPage(path);
  useLanguageOfPerson();
  const name = account?.name;
  useEffect(() => {
    if (name !== undefined) rememberAccount(name);
  }, [name]);
  useEffect(() => {
    if (!isOpen) return undefined;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOpen]);
  return (
    <StepUpProvider>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        {texts.skip}
      </a>
      <div className="md:grid md:min-h-dvh md:grid-cols-[15rem_minmax(0,1fr)]">
        <header className="sticky top-0 z-20 flex h-13 items-center gap-2 border-b border-line bg-panel px-3 md:hidden">
          <IconButton
            label={isOpen ? texts.closeMenu : texts.openMenu}
            aria-expanded={isOpen}
            aria-controls="sidebar"
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? <X aria-hidden className="size-5" /> : <MenuIcon aria-hidden className="size-5" />}
          </IconButton>
          <Link to="/" className="flex items-center gap-2 font-semibold">
            <Logo /> Latchkey
          </Link>
        </header>
        {isOpen && (
          <div
            aria-hidden
            onClick={() => setOpen(false)}
            className="fixed inset-0 top-13 z-20 bg-[rgb(10_12_16/45%)] md:hidden"
          />
        )}
        <aside
          id="sidebar"
          aria-label={texts.sidebar}
          className={classes(
            'z-30 border-r border-line bg-panel max-md:fixed max-md:top-13 max-md:bottom-0 max-md:left-0 max-md:w-72 max-md:max-w-[85vw] md:sticky md:top-0 md:h-dvh',
            !isOpen && 'max-md:hidden',
          )}
        >
          <Sidebar />
        </aside>
        <main id="content" tabIndex={-1} className="min-w-0 outline-none">
          {account?.status === 'suspended' && (
            <div className="px-4 pt-4 md:px-8">
              <Callout kind="warning" title={texts.suspendedTitle}>
                <p>{texts.suspendedText}</p>
              </Callout>
            </div>
          )}
          <Outlet />
        </main>
      </div>
    </StepUpProvider>
  );
}
