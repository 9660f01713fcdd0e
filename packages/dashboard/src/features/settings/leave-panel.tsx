import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { StepUpDeclined } from '../../session/step-up.tsx';
import { useAccount } from '../../session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useLeaveAccount } from './queries.ts';
import { useSettingsTexts } from './texts.ts';

/** The way out of an account. Its tokens stay: they belong to the account and not to who made them. */
export function LeavePanel(): ReactElement {
  const texts = useSettingsTexts();
  const { name } = useAccount();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const leave = useLeaveAccount(name);
  const isRefused = leave.error !== null && !(leave.error instanceof StepUpDeclined);
  return (
    <>
      <Panel
        title={texts.leave}
        description={texts.leaveText}
        actions={<Button onClick={() => setAsking(true)}>{texts.leave}</Button>}
      />
      {isAsking && (
        <ConfirmDialog
          title={texts.leaveTitle({ name })}
          confirmLabel={texts.leave}
          isDangerous
          isBusy={leave.isPending}
          error={isRefused ? <FailureCallout error={leave.error} /> : undefined}
          onConfirm={() =>
            leave.mutate(undefined, { onSuccess: () => void navigate({ to: '/me', replace: true }) })
          }
          onClose={() => setAsking(false)}
        >
          <p>{texts.leaveConsequence}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
