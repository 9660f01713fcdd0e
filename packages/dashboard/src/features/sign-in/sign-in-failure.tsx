import { LatchkeyApiError } from '@latchkey/wire/client';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useEffect, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { buttonClasses } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { useSignInTexts } from './texts.ts';

/** What a failed try means. A wait is counted down; a lock says what still opens. */
export function SignInFailure({ error }: { readonly error: unknown }): ReactElement | null {
  const texts = useSignInTexts();
  if (!(error instanceof LatchkeyApiError) || error.status !== 429) return <FailureCallout error={error} />;
  if (error.code === 'sign_in_locked') {
    return (
      <Callout kind="warning" title={texts.lockedTitle} isAnnounced>
        <p>{texts.locked}</p>
        <p className="mt-1">
          <Link to="/forgotten" className={buttonClasses({ size: 'small' })}>
            {texts.sendLink}
          </Link>
        </p>
      </Callout>
    );
  }
  return <Wait seconds={error.retryAfterSeconds ?? 1} />;
}

/** Gone once the next try is possible. */
function Wait({ seconds }: { readonly seconds: number }): ReactElement | null {
  const texts = useSignInTexts();
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => Math.max(0, before - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  if (left === 0) return null;
  return (
    <Callout kind="warning" title={texts.waitTitle} isAnnounced>
      <p>{texts.wait({ seconds: left })}</p>
    </Callout>
  );
}
