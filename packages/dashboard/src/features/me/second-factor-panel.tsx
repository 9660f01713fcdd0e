import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { useSession } from '../../session/use-session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { useUiTexts } from '../../ui/texts.ts';
import { useToast } from '../../ui/toast.tsx';
import { useRemoveSecondFactor } from './queries.ts';
import { SecondFactorSetup } from './second-factor-setup.tsx';
import { useMeTexts } from './texts.ts';

export function SecondFactorPanel(): ReactElement {
  const texts = useMeTexts();
  const { person } = useSession();
  const [open, setOpen] = useState<'set up' | 'remove' | undefined>(undefined);
  const close = () => setOpen(undefined);
  return (
    <>
      <Panel
        title={
          <span className="flex items-center gap-2.5">
            {texts.factor}
            <Badge tone={person.secondFactor ? 'success' : 'neutral'}>
              {person.secondFactor ? texts.factorOn : texts.factorOff}
            </Badge>
          </span>
        }
        description={texts.factorText}
        actions={
          person.secondFactor ? (
            <Button onClick={() => setOpen('remove')}>{texts.factorRemove}</Button>
          ) : (
            <Button kind="primary" onClick={() => setOpen('set up')}>
              {texts.factorSetUp}
            </Button>
          )
        }
      />
      {open === 'set up' && <SecondFactorSetup onClose={close} />}
      {open === 'remove' && <RemoveDialog onClose={close} />}
    </>
  );
}

function RemoveDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const texts = useMeTexts();
  const ui = useUiTexts();
  const [password, setPassword] = useState('');
  const remove = useRemoveSecondFactor();
  const toast = useToast();
  const formId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate(password, {
      onSuccess() {
        toast({ text: texts.factorRemoved });
        onClose();
      },
    });
  };
  return (
    <Dialog
      title={texts.factorRemoveTitle}
      description={texts.factorRemoveText}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button kind="danger" type="submit" form={formId} isBusy={remove.isPending}>
            {texts.factorRemove}
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
        <FailureCallout error={remove.error} />
      </form>
    </Dialog>
  );
}
