import type { NewSecondFactor } from '@latchkey/wire/native';
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { TEXT_LINK } from '../../ui/text-link.ts';
import { useUiTexts } from '../../ui/texts.ts';
import { QrCode } from './qr-code.tsx';
import { useBeginSecondFactor, useConfirmSecondFactor } from './queries.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useMeTexts } from './texts.ts';

/** Password, then scan and confirm, then the recovery codes: three steps of one dialog. */
export function SecondFactorSetup({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [begun, setBegun] = useState<NewSecondFactor | undefined>(undefined);
  const [isConfirmed, setConfirmed] = useState(false);
  if (begun === undefined) return <PasswordStep onBegun={setBegun} onClose={onClose} />;
  if (!isConfirmed)
    return <ScanStep uri={begun.uri} onConfirmed={() => setConfirmed(true)} onClose={onClose} />;
  return <RecoveryCodes codes={begun.recoveryCodes} onClose={onClose} />;
}

interface PasswordStepProps {
  readonly onBegun: (begun: NewSecondFactor) => void;
  readonly onClose: () => void;
}

function PasswordStep({ onBegun, onClose }: PasswordStepProps): ReactElement {
  const texts = useMeTexts();
  const ui = useUiTexts();
  const [password, setPassword] = useState('');
  const begin = useBeginSecondFactor();
  const formId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate(password, { onSuccess: onBegun });
  };
  return (
    <Dialog
      title={texts.factor}
      description={texts.factorPasswordText}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={begin.isPending}>
            {texts.goOn}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={texts.currentPassword}>
          {(control) => (
            <PasswordInput
              {...control}
              required
              autoFocus
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <FailureCallout error={begin.error} />
      </form>
    </Dialog>
  );
}

interface ScanStepProps {
  readonly uri: string;
  readonly onConfirmed: () => void;
  readonly onClose: () => void;
}

function ScanStep({ uri, onConfirmed, onClose }: ScanStepProps): ReactElement {
  const texts = useMeTexts();
  const ui = useUiTexts();
  const [code, setCode] = useState('');
  const [isKeyShown, setKeyShown] = useState(false);
  const confirm = useConfirmSecondFactor();
  const formId = useId();
  const key = new URL(uri).searchParams.get('secret') ?? '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate(code.replaceAll(/\s/g, ''), { onSuccess: onConfirmed });
  };
  return (
    <Dialog
      title={texts.factor}
      description={texts.scanText}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={confirm.isPending}>
            {texts.turnOn}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <QrCode text={uri} label={texts.scanAlt} />
        {isKeyShown ? (
          <div className="flex items-center gap-3 rounded-md border border-line bg-sunken py-1.5 pr-1.5 pl-3">
            <span className="min-w-0 flex-1">
              <span className="block text-xs text-soft">{texts.secretKey}</span>
              <code className="block font-mono text-sm break-all">{key}</code>
            </span>
            <CopyButton text={key} label={texts.copyKey} />
          </div>
        ) : (
          <button
            type="button"
            onClick={() => setKeyShown(true)}
            className={`${TEXT_LINK} self-start text-sm`}
          >
            {texts.cannotScan}
          </button>
        )}
        <Field label={texts.code}>
          {(control) => (
            <Input
              {...control}
              required
              autoFocus
              inputMode="numeric"
              autoComplete="one-time-code"
              className="font-mono tracking-[0.12em]"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
        <FailureCallout error={confirm.error} />
      </form>
    </Dialog>
  );
}
