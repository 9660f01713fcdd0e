import { Link } from '@tanstack/react-router';
import { type FormEvent, type ReactElement, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { NewPasswordField } from '../../session/new-password-field.tsx';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { GatePage } from './gate-page.tsx';
import { LinkMissing } from './link-missing.tsx';
import { useResetPassword } from './queries.ts';
import { useSignInTexts } from './texts.ts';
import { useLinkToken } from './use-link-token.ts';

/** Where the link for a new password leads. */
export function ResetScreen(): ReactElement {
  const token = useLinkToken();
  return token === undefined ? <LinkMissing /> : <ResetForm token={token} />;
}

function ResetForm({ token }: { readonly token: string }): ReactElement {
  const texts = useSignInTexts();
  const [password, setPassword] = useState('');
  const reset = useResetPassword(token);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate(password);
  };
  if (reset.isSuccess) {
    return (
      <GatePage title={texts.resetDone} description={texts.resetDoneText}>
        <Link to="/sign-in" className={buttonClasses({ kind: 'primary' }, 'self-start')}>
          {texts.title}
        </Link>
      </GatePage>
    );
  }
  return (
    <GatePage title={texts.resetTitle} description={texts.resetText}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <NewPasswordField value={password} onChange={setPassword} />
        <FailureCallout error={reset.error} />
        <Button kind="primary" type="submit" isBusy={reset.isPending}>
          {texts.resetSubmit}
        </Button>
      </form>
    </GatePage>
  );
}
