import type { Account } from '@latchkey/wire/native';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { StepUpDeclined, useStepUp } from '../../session/step-up.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { accountsQuery, changeAccount } from './queries.ts';
import { useOperatorTexts } from './texts.ts';

export interface AccountChangeProps {
  readonly operator: string;
  readonly account: Account;
  readonly onClose: () => void;
}

/** Asks before an account is suspended or resumed, and says what that does. */
export function AccountChange({ operator, account, onClose }: AccountChangeProps): ReactElement {
  const texts = useOperatorTexts().accounts;
  const withStepUp = useStepUp();
  const toast = useToast();
  const queryClient = useQueryClient();
  const { name } = account;
  const act = account.status === 'active' ? 'suspend' : 'resume';
  const change = useMutation({
    mutationFn: () => withStepUp(() => changeAccount(operator, name, act)),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: accountsQuery(operator).queryKey });
      toast({ text: act === 'suspend' ? texts.suspendedNow({ name }) : texts.resumedNow({ name }) });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={act === 'suspend' ? texts.suspendTitle({ name }) : texts.resumeTitle({ name })}
      confirmLabel={texts[act]}
      isDangerous={act === 'suspend'}
      isBusy={change.isPending}
      error={
        change.error === null || change.error instanceof StepUpDeclined ? undefined : (
          <FailureCallout error={change.error} />
        )
      }
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      {act === 'suspend' ? (
        <>
          <p>{texts.suspendText}</p>
          <p>{texts.suspendUndo}</p>
        </>
      ) : (
        <p>{texts.resumeText}</p>
      )}
    </ConfirmDialog>
  );
}
