import type { ReceivedInvitation } from '@latchkey/wire/native';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactElement, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { NewPasswordField } from '../../session/new-password-field.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { useAcceptInvitation } from './queries.ts';
import { useSignInTexts } from './texts.ts';

export interface NewcomerFormProps {
  readonly token: string;
  readonly invitation: ReceivedInvitation;
}

/** Makes the login of an invited person; the link has shown that the address is theirs. */
export function NewcomerForm({ token, invitation: { account, email } }: NewcomerFormProps): ReactElement {
  const texts = useSignInTexts();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useAcceptInvitation(token);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate(
      { name, password },
      { onSuccess: () => void navigate({ to: '/a/$account', params: { account }, replace: true }) },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {/* So that a password manager keeps the password under this address. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
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
      <NewPasswordField value={password} onChange={setPassword} />
      <FailureCallout error={accept.error} />
      <Button kind="primary" type="submit" isBusy={accept.isPending}>
        {texts.invitationSubmit}
      </Button>
    </form>
  );
}
