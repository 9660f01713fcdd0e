import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { GatePage } from './gate-page.tsx';
import { useSecondFactor } from './queries.ts';
import { SignInFailure } from './sign-in-failure.tsx';
import { useSignInTexts } from './texts.ts';

export interface SecondFactorFormProps {
  readonly onDone: () => void;
  readonly onStartOver: () => void;
}

/** The second step: a code of the app, or a recovery code for whoever lost the device. */
export function SecondFactorForm({ onDone, onStartOver }: SecondFactorFormProps): ReactElement {
  const texts = useSignInTexts();
  const [isRecovery, setRecovery] = useState(false);
  const [given, setGiven] = useState('');
  const finish = useSecondFactor();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = given.replaceAll(/\s/g, '');
    finish.mutate(isRecovery ? { recoveryCode: text } : { code: text }, { onSuccess: onDone });
  };
  return (
    <GatePage title={texts.factorTitle} description={isRecovery ? texts.recoveryText : texts.factorText}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field key={String(isRecovery)} label={isRecovery ? texts.recoveryCode : texts.code}>
          {(control) => (
            <Input
              {...control}
              required
              autoFocus
              inputMode={isRecovery ? 'text' : 'numeric'}
              autoComplete={isRecovery ? 'off' : 'one-time-code'}
              spellCheck={false}
              className="font-mono tracking-[0.12em]"
              value={given}
              onChange={(event) => setGiven(event.target.value)}
            />
          )}
        </Field>
        <SignInFailure key={finish.submittedAt} error={finish.error} />
        <Button kind="primary" type="submit" isBusy={finish.isPending}>
          {texts.goOn}
        </Button>
        <div className="flex flex-wrap justify-between gap-2">
          <Button
            kind="quiet"
            size="small"
            onClick={() => {
              setRecovery(!isRecovery);
              setGiven('');
              finish.reset();
            }}
          >
            {isRecovery ? texts.useCode : texts.useRecovery}
          </Button>
          <Button kind="quiet" size="small" onClick={onStartOver}>
            {texts.startOver}
          </Button>
        </div>
      </form>
    </GatePage>
  );
}
