import type { ReactElement } from 'react';
import { FailureCallout } from '../../../api/failure.tsx';
import { StepUpDeclined } from '../../../session/step-up.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { useRevokeToken } from '../detail/queries.ts';
import type { RotationDialogProps } from './change-term-dialog.tsx';
import { StillUsed } from './still-used.tsx';
import { useTokenRotateTexts } from './texts.ts';

/** Asks before the old token ends at once. Revoking it retires it: the successor stays. */
export function RetireDialog({ account, rotation, onClose }: RotationDialogProps): ReactElement {
  const { retireDialog: texts } = useTokenRotateTexts();
  const retire = useRevokeToken(account, rotation.token);
  return (
    <ConfirmDialog
      title={texts.title}
      confirmLabel={texts.confirm}
      isDangerous
      isBusy={retire.isPending}
      error={!(retire.error instanceof StepUpDeclined) && <FailureCallout error={retire.error} />}
      onConfirm={() => retire.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{texts.text}</p>
      <StillUsed rotation={rotation} />
    </ConfirmDialog>
  );
}
