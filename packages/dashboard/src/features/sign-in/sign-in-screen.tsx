import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { TEXT_LINK } from '../../ui/text-link.ts';
import { GatePage } from './gate-page.tsx';
import { useSignIn } from './queries.ts';
import { SecondFactorForm } from './second-factor-form.tsx';
import { SignInFailure } from './sign-in-failure.tsx';
import { useSignInTexts } from './texts.ts';

/** Password first, then the code where the person has a second factor. Leads to where the reader was going. */
export function SignInScreen(): ReactElement {
  const texts = useSignInTexts();
  const { next } = useSearch({ from: '/signed-out/sign-in' });
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  const goOn = () => void navigate({ href: next ?? '/', replace: true });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email, password }, { onSuccess: ({ state }) => state === 'signed_in' && goOn() });
  };
  if (signIn.data?.state === 'second_factor') {
    return (
      <SecondFactorForm
        onDone={goOn}
        onStartOver={() => {
          setPassword('');
          signIn.reset();
        }}
      />
    );
  }
  return (
    <GatePage title={texts.title}>
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
        <Field
          label={texts.password}
          aside={
            <Link to="/forgotten" className={TEXT_LINK}>
              {texts.forgotten}
            </Link>
          }
        >
          {(control) => (
            <PasswordInput
              {...control}
              required
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <SignInFailure key={signIn.submittedAt} error={signIn.error} />
        <Button kind="primary" type="submit" isBusy={signIn.isPending}>
          {texts.submit}
        </Button>
      </form>
    </GatePage>
  );
}
