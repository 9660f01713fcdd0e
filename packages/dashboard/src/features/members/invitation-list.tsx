import { managesRole } from '@latchkey/core';
import type { Invitation } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FailureCallout, FailureState } from '../../api/failure.tsx';
import { useSessionTexts } from '../../session/texts.ts';
import { useAccount } from '../../session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { invitationsQuery } from './queries.ts';
import { useMembersTexts } from './texts.ts';
import { useMemberAct } from './use-member-act.ts';

/** What waits to be accepted. For readers who manage members. */
export function InvitationList(): ReactElement {
  const texts = useMembersTexts();
  const { name: account } = useAccount();
  const invitations = useQuery(invitationsQuery(account));
  const items = invitations.data?.items ?? [];
  return (
    <Panel
      title={texts.invitations}
      description={items.length === 0 ? undefined : texts.invitationsText}
      isFlush={items.length > 0}
    >
      {invitations.isPending ? (
        <SkeletonLines lines={2} />
      ) : invitations.isError ? (
        <FailureState error={invitations.error} onRetry={() => void invitations.refetch()} />
      ) : items.length === 0 ? (
        <p className="text-soft">{texts.noInvitations}</p>
      ) : (
        <Table label={`${texts.invitations}: ${items.length}`}>
          <thead>
            <tr>
              <Th>{texts.email}</Th>
              <Th>{texts.role}</Th>
              <Th>{texts.until}</Th>
              <Th>
                <span className="sr-only">{texts.actions}</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {items.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

function InvitationRow({ invitation }: { readonly invitation: Invitation }): ReactElement {
  const texts = useMembersTexts();
  const { roles } = useSessionTexts();
  const { role: own } = useAccount();
  const act = useMemberAct();
  const { id, email, role, expires } = invitation;
  return (
    <tr>
      <Td className="break-all">
        {email}
        <FailureCallout error={act.error} />
      </Td>
      <Td>{roles[role]}</Td>
      <Td>
        <Time at={expires} />
      </Td>
      <Td>
        {managesRole(own, role) && (
          <span className="flex flex-wrap justify-end gap-2">
            <Button
              size="small"
              aria-label={texts.againWho({ email })}
              isBusy={act.isBusy}
              onClick={() => act.run((acts) => acts.invite({ email, role }), texts.invited({ email }))}
            >
              {texts.again}
            </Button>
            <Button
              size="small"
              aria-label={texts.withdrawWho({ email })}
              isBusy={act.isBusy}
              onClick={() => act.run((acts) => acts.withdraw(id), texts.withdrawn({ email }))}
            >
              {texts.withdraw}
            </Button>
          </span>
        )}
      </Td>
    </tr>
  );
}
