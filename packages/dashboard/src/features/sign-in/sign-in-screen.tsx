import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactElement, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useSignIn } from './queries.ts';
import { useSignInTexts } from './texts.ts';

export function SignInScreen(): ReactElement {
  const texts = useSignInTexts();
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn(() => void navigate({ href: next ?? '/', replace: true }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email, password });
  };
  return (
    <main className="mx-auto flex min-h-dvh max-w-[24rem] flex-col justify-center px-4 py-10">
      <h1 className="mb-5 text-xl font-semibold">{texts.title}</h1>
      <form onSubmit={submit} className="flex flex-col gap-4">
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
        <Field label={texts.password}>
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
        <FailureCallout error={signIn.error} />
        <Button kind="primary" type="submit" isBusy={signIn.isPending}>
          {texts.submit}
        </Button>
      </form>
    </main>
  );
}
