import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { buttonClasses } from '../../ui/button.tsx';
import { GatePage } from './gate-page.tsx';
import { useSignInTexts } from './texts.ts';

/** A page that needs what a link carries was opened without it. */
export function LinkMissing(): ReactElement {
  const texts = useSignInTexts();
  return (
    <GatePage title={texts.linkMissing} description={texts.linkMissingText}>
      <Link to="/sign-in" className={buttonClasses({}, 'self-start')}>
        {texts.backToSignIn}
      </Link>
    </GatePage>
  );
}
