import type { ReactElement } from 'react';
import { Page } from '../../ui/page.tsx';
import { AccountsPanel } from './accounts-panel.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { ProfilePanel } from './profile-panel.tsx';
import { SecondFactorPanel } from './second-factor-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';
import { useMeTexts } from './texts.ts';

/** Everything about the person who is signed in. */
export function MeScreen(): ReactElement {
  const texts = useMeTexts();
  return (
    <Page title={texts.title} width="narrow">
      <ProfilePanel />
      <SecondFactorPanel />
      <PasswordPanel />
      <SessionsPanel />
      <AccountsPanel />
    </Page>
  );
}
