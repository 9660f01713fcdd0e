import { type FormEvent, type ReactElement, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { NewPasswordField } from '../../session/new-password-field.tsx';
import { useSession } from '../../session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useChangePassword } from './queries.ts';
import { useMeTexts } from './texts.ts';

export function PasswordPanel(): ReactElement {
  const texts = useMeTexts();
  const { person } = useSession();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useChangePassword();
  const toast = useToast();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { current, password },
      {
        onSuccess() {
          setCurrent('');
          setPassword('');
          toast({ text: texts.passwordChanged });
        },
      },
    );
  };
  return (
    <Panel title={texts.password} description={texts.passwordText}>
      <form onSubmit={submit} className="flex max-w-[24rem] flex-col gap-4">
        <input type="email" autoComplete="username" value={person.email} readOnly hidden />
        <Field label={texts.currentPassword}>
          {(control) => (
            <PasswordInput
              {...control}
              required
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
            />
          )}
        </Field>
        <NewPasswordField value={password} onChange={setPassword} hasSecondFactor={person.secondFactor} />
        <FailureCallout error={change.error} />
        <Button type="submit" className="self-start" isBusy={change.isPending}>
          {texts.changePassword}
        </Button>
      </form>
    </Panel>
  );
}
