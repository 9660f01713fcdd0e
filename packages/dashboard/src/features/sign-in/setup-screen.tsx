import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactElement, useState } from 'react';
import { FailureCallout, FailureState } from '../../api/failure.tsx';
import { NewPasswordField } from '../../session/new-password-field.tsx';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { GatePage } from './gate-page.tsx';
import { LinkMissing } from './link-missing.tsx';
import { setupQuery, useSetUp } from './queries.ts';
import { useSignInTexts } from './texts.ts';
import { useLinkToken } from './use-link-token.ts';

/** Where the link of the terminal leads: makes the first person, owner of the operator's account. */
export function SetupScreen(): ReactElement {
  const texts = useSignInTexts();
  const token = useLinkToken();
  const setup = useQuery(setupQuery);
  if (setup.isPending) return <SkeletonLines />;
  if (setup.isError) return <FailureState error={setup.error} onRetry={() => void setup.refetch()} />;
  if (!setup.data.needed) {
    return (
      <GatePage title={texts.setupDone} description={texts.setupDoneText}>
        <Link to="/sign-in" className={buttonClasses({ kind: 'primary' }, 'self-start')}>
          {texts.title}
        </Link>
      </GatePage>
    );
  }
  return token === undefined ? <LinkMissing /> : <SetupForm token={token} />;
}

function SetupForm({ token }: { readonly token: string }): ReactElement {
  const texts = useSignInTexts();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const setUp = useSetUp();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setUp.mutate(
      { token, name, email, password },
      { onSuccess: () => void navigate({ to: '/', replace: true }) },
    );
  };
  return (
    <GatePage title={texts.setupTitle} description={texts.setupText}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={texts.name} hint={texts.nameHint}>
          {(control) => (
            <Input
              {...control}
              required
              autoFocus
              maxLength={100}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={texts.email}>
          {(control) => (
            <Input
              {...control}
              type="email"
              required
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <NewPasswordField value={password} onChange={setPassword} />
        <FailureCallout error={setUp.error} />
        <Button kind="primary" type="submit" isBusy={setUp.isPending}>
          {texts.setupSubmit}
        </Button>
      </form>
    </GatePage>
  );
}
