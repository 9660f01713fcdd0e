import type { Rotation } from '@latchkey/wire/native';
import { type ReactElement, useState } from 'react';
import { FailureCallout } from '../../../api/failure.tsx';
import { StepUpDeclined } from '../../../session/step-up.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useChangeRotation } from './queries.ts';
import { TermPicker } from './term-picker.tsx';
import { type RotationTerm, termBody } from './terms.ts';
import { useTokenRotateTexts } from './texts.ts';

export interface RotationDialogProps {
  readonly account: string;
  readonly rotation: Rotation;
  readonly onClose: () => void;
}

/** Another time for the old token to end. */
export function ChangeTermDialog({ account, rotation, onClose }: RotationDialogProps): ReactElement {
  const { changeDialog: texts } = useTokenRotateTexts();
  const [term, setTerm] = useState<RotationTerm>(
    rotation.untilQuiet === undefined
      ? { kind: 'grace', duration: '24h' }
      : { kind: 'untilQuiet', duration: '24h' },
  );
  const change = useChangeRotation(account, rotation.token);
  return (
    <Dialog
      title={texts.title}
      description={texts.hint}
      size="large"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            kind="primary"
            isBusy={change.isPending}
            onClick={() => change.mutate(termBody(term), { onSuccess: onClose })}
          >
            {texts.save}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TermPicker term={term} onChange={setTerm} />
        {!(change.error instanceof StepUpDeclined) && <FailureCallout error={change.error} />}
      </div>
    </Dialog>
  );
}
