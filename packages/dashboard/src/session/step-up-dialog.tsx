import type { StepUpClass } from '@latchkey/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { clientFor } from '../api/client.ts';
import { FailureCallout } from '../api/failure.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { useUiTexts } from '../ui/texts.ts';
import { sessionQuery } from './session-query.ts';
import { useSessionTexts } from './texts.ts';
import { useSession } from './use-session.ts';

export interface StepUpDialogProps {
  readonly stepUp: StepUpClass;
  readonly onSettled: (isConfirmed: boolean) => void;
}

/** Asks for the password, or for a code where the person has a second factor, before the server does what was asked of it. */
export function StepUpDialog({ stepUp, onSettled }: StepUpDialogProps): ReactElement {
  const texts = useSessionTexts();
  const ui = useUiTexts();
  const { person } = useSession();
  const [usesCode, setUsesCode] = useState(person.secondFactor);
  const [given, setGiven] = useState('');
  const formId = useId();
  const queryClient = useQueryClient();
  const confirm = useMutation({
    meta: { isSignIn: true },
    mutationFn: () =>
      clientFor().native.session.stepUp(
        usesCode ? { class: stepUp, code: given.replaceAll(' ', '') } : { class: stepUp, password: given },
      ),
    onSuccess(session) {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      onSettled(true);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate();
  };
  return (
    <Dialog
      title={texts.stepUpTitle}
      description={texts.stepUpReasons[stepUp]}
      size="small"
      onClose={() => onSettled(false)}
      footer={
        <>
          <Button onClick={() => onSettled(false)}>{ui.cancel}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={confirm.isPending}>
            {texts.confirm}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        {/* So that a password manager knows whose password is wanted. */}
        <input type="email" autoComplete="username" value={person.email} readOnly hidden />
        {usesCode ? (
          <Field label={texts.code} hint={texts.codeHint}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                required
                inputMode="numeric"
                autoComplete="one-time-code"
                value={given}
                onChange={(event) => setGiven(event.target.value)}
              />
            )}
          </Field>
        ) : (
          <Field label={texts.password} hint={texts.stepUpHint}>
            {(control) => (
              <PasswordInput
                {...control}
                autoFocus
                required
                autoComplete="current-password"
                value={given}
                onChange={(event) => setGiven(event.target.value)}
              />
            )}
          </Field>
        )}
        {person.secondFactor && (
          <button
            type="button"
            className="self-start text-sm text-accent-ink underline underline-offset-2"
            onClick={() => {
              setUsesCode(!usesCode);
              setGiven('');
              confirm.reset();
            }}
          >
            {usesCode ? texts.usePassword : texts.useCode}
          </button>
        )}
        <FailureCallout error={confirm.error} />
      </form>
    </Dialog>
  );
}
