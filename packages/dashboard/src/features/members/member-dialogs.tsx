import type { Role } from '@latchkey/core';
import type { Member } from '@latchkey/wire/native';
import type { ReactElement } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { useSessionTexts } from '../../session/texts.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useMembersTexts } from './texts.ts';
import { useMemberAct } from './use-member-act.ts';

/** What somebody is about to do to a member. */
export type Plan =
  | { readonly kind: 'remove'; readonly member: Member }
  | { readonly kind: 'change'; readonly member: Member; readonly role: Role };

/** Says what will happen, then does it. */
export function MemberDialog({
  plan,
  onClose,
}: {
  readonly plan: Plan;
  readonly onClose: () => void;
}): ReactElement {
  const texts = useMembersTexts();
  const { roles } = useSessionTexts();
  const act = useMemberAct(onClose);
  const { member } = plan;
  const { name, person, you } = member;
  const error = act.error === null ? undefined : <FailureCallout error={act.error} />;
  if (plan.kind === 'change') {
    const role = roles[plan.role];
    return (
      <ConfirmDialog
        title={texts.changeTitle({ name, role })}
        confirmLabel={texts.change}
        isBusy={act.isBusy}
        error={error}
        onConfirm={() => act.run((acts) => acts.changeRole(person, plan.role), texts.changed({ name, role }))}
        onClose={onClose}
      >
        <p>{texts.changeText({ before: roles[member.role], after: role })}</p>
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      title={you ? texts.leaveTitle : texts.removeTitle({ name })}
      confirmLabel={you ? texts.leave : texts.remove}
      isDangerous
      isBusy={act.isBusy}
      error={error}
      onConfirm={() => act.run((acts) => acts.remove(person), texts.removed({ name }))}
      onClose={onClose}
    >
      {you ? (
        <p>{texts.leaveText}</p>
      ) : (
        <>
          <p>{texts.removeText}</p>
          <p>{texts.removeHint}</p>
        </>
      )}
    </ConfirmDialog>
  );
}
