import { LatchkeyApiError } from '@latchkey/wire/client';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useId, useState } from 'react';
import { FailureCallout } from '../../../api/failure.tsx';
import { StepUpDeclined } from '../../../session/step-up.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { RotationDialogProps } from './change-term-dialog.tsx';
import { useUndoRotation } from './queries.ts';
import { useTokenRotateTexts } from './texts.ts';

const CHOICES = [
  { value: 'revoke', label: 'revoke', hint: 'revokeHint' },
  { value: 'keep', label: 'keep', hint: 'keepHint' },
] as const;

/** Back to the old token: asks what becomes of the successor. */
export function UndoDialog({ account, rotation, onClose }: RotationDialogProps): ReactElement {
  const { undoDialog: texts } = useTokenRotateTexts();
  const [successor, setSuccessor] = useState<'revoke' | 'keep'>('revoke');
  const undo = useUndoRotation(account, rotation.token);
  const navigate = useNavigate();
  const id = useId();
  const isInUse = undo.error instanceof LatchkeyApiError && undo.error.code === 'successor_in_use';
  const confirm = () =>
    // A successor that is in use is ended only where that was said of it.
    undo.mutate(successor === 'revoke' && !isInUse ? undefined : successor, {
      onSuccess: () => {
        onClose();
        void navigate({ to: '/a/$account/tokens/$token', params: { account, token: rotation.token } });
      },
    });
  return (
    <Dialog
      title={texts.title}
      description={texts.text}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind="primary" isBusy={undo.isPending} onClick={confirm}>
            {texts.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <fieldset className="flex flex-col gap-3">
          <legend className="sr-only">{texts.successor}</legend>
          {CHOICES.map(({ value, label, hint }) => (
            <div key={value} className="flex gap-2.5">
              <input
                id={`${id}-${value}`}
                type="radio"
                name={id}
                checked={successor === value}
                onChange={() => setSuccessor(value)}
                aria-describedby={`${id}-${value}-hint`}
                className="mt-[3px] size-4 shrink-0"
              />
              <div>
                <label htmlFor={`${id}-${value}`}>{texts[label]}</label>
                <p id={`${id}-${value}-hint`} className="text-sm text-soft">
                  {texts[hint]}
                </p>
              </div>
            </div>
          ))}
        </fieldset>
        {isInUse && <p role="alert">{texts.inUse}</p>}
        {!isInUse && !(undo.error instanceof StepUpDeclined) && <FailureCallout error={undo.error} />}
      </div>
    </Dialog>
  );
}
