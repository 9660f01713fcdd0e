import { Link } from '@tanstack/react-router';
import { type FormEvent, type ReactElement, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { TEXT_LINK } from '../../ui/text-link.ts';
import { GatePage } from './gate-page.tsx';
import { useForgottenPassword } from './queries.ts';
import { useSignInTexts } from './texts.ts';

/** Asks for a link to set a new password. Says the same for every address. */
export function ForgottenScreen(): ReactElement {
  const texts = useSignInTexts();
  const [email, setEmail] = useState('');
  const forgotten = useForgottenPassword();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    forgotten.mutate(email);
  };
  if (forgotten.isSuccess) {
    return (
      <GatePage title={texts.sentTitle} description={texts.sentText({ email })}>
        <Link to="/sign-in" className={buttonClasses({}, 'self-start')}>
          {texts.backToSignIn}
        </Link>
      </GatePage>
    );
  }
  return (
    <GatePage title={texts.forgottenTitle} description={texts.forgottenText}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={texts.email}>
          {(control) => (
            <Input
              {...control}
              type="email"
              required
              autoFocus
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <FailureCallout error={forgotten.error} />
        <Button kind="primary" type="submit" isBusy={forgotten.isPending}>
          {texts.forgottenSubmit}
        </Button>
        <Link to="/sign-in" className={`${TEXT_LINK} self-start text-sm`}>
          {texts.backToSignIn}
        </Link>
      </form>
    </GatePage>
  );
}
