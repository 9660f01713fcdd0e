import { ROLE_RIGHTS } from '@latchkey/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { FailureState } from '../../api/failure.tsx';
import { useAccount } from '../../session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberTable } from './member-table.tsx';
import { membersQuery } from './queries.ts';
import { RoleTable } from './role-table.tsx';
import { useMembersTexts } from './texts.ts';

/** Who belongs to the account, who is invited, and what each role may do. */
export function MembersScreen(): ReactElement {
  const texts = useMembersTexts();
  const { name: account, role } = useAccount();
  const members = useQuery(membersQuery(account));
  const [isInviting, setInviting] = useState(false);
  const managesOthers = ROLE_RIGHTS[role].manages.length > 0;
  return (
    <Page
      title={texts.title}
      description={
        <>
          {texts.description} {!managesOthers && texts.onlyReading}
        </>
      }
      actions={
        managesOthers && (
          <Button kind="primary" onClick={() => setInviting(true)}>
            {texts.invite}
          </Button>
        )
      }
    >
      <Panel isFlush>
        {members.isPending ? (
          <div className="p-5">
            <SkeletonLines lines={4} />
          </div>
        ) : members.isError ? (
          <FailureState error={members.error} onRetry={() => void members.refetch()} />
        ) : (
          <MemberTable members={members.data.items} />
        )}
      </Panel>
      {managesOthers && <InvitationList />}
      <RoleTable />
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}
