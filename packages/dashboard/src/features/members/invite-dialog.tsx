import { managesRole, ROLES, type Role } from '@latchkey/core';
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { FailureCallout } from '../../api/failure.tsx';
import { useSessionTexts } from '../../session/texts.ts';
import { useAccount } from '../../session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { useUiTexts } from '../../ui/texts.ts';
import { useMembersTexts } from './texts.ts';
import { useMemberAct } from './use-member-act.ts';

/** Asks for an address and one of the roles that the reader may give. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const texts = useMembersTexts();
  const ui = useUiTexts();
  const { roles } = useSessionTexts();
  const { role: own } = useAccount();
  const formId = useId();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('developer');
  const act = useMemberAct(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act.run((acts) => acts.invite({ email: email.trim(), role }), texts.invited({ email: email.trim() }));
  };
  return (
    <Dialog
      title={texts.inviteTitle}
      description={texts.inviteText}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ui.cancel}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={act.isBusy}>
            {texts.send}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={texts.email}>
          {(control) => (
            <Input
              {...control}
              type="email"
              required
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label={texts.role}>
          {(control) => (
            <Select
              {...control}
              value={role}
              onChange={({ target }) => setRole(ROLES.find((each) => each === target.value) ?? role)}
            >
              {ROLES.filter((each) => managesRole(own, each)).map((each) => (
                <option key={each} value={each}>
                  {roles[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <FailureCallout error={act.error} />
      </form>
    </Dialog>
  );
}
