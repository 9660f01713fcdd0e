import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { FailureState } from '../../api/failure.tsx';
import { buttonClasses } from '../../ui/button.tsx';
import { GatePage } from './gate-page.tsx';
import { LinkMissing } from './link-missing.tsx';
import { verifyEmailQuery } from './queries.ts';
import { useSignInTexts } from './texts.ts';
import { useLinkToken } from './use-link-token.ts';

/** Where the link of the confirmation mail leads: opening it is enough. */
export function VerifyEmailScreen(): ReactElement {
  const token = useLinkToken();
  return token === undefined ? <LinkMissing /> : <Verification token={token} />;
}

function Verification({ token }: { readonly token: string }): ReactElement {
  const texts = useSignInTexts();
  const verification = useQuery(verifyEmailQuery(token));
  if (verification.isError) return <FailureState error={verification.error} />;
  if (verification.isPending)
    return <GatePage title={texts.verifyTitle} description={<p role="status">{texts.verifying}</p>} />;
  return (
    <GatePage title={texts.verified} description={<p role="status">{texts.verifiedText}</p>}>
      <Link to="/" className={buttonClasses({ kind: 'primary' }, 'self-start')}>
        {texts.goToDashboard}
      </Link>
    </GatePage>
  );
}
