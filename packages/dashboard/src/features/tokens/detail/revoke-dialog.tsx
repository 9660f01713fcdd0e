import type { NativeToken } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { FailureCallout } from '../../../api/failure.tsx';
import { StepUpDeclined } from '../../../session/step-up.tsx';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { Time } from '../../../ui/time.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { groupUsers } from './group-users.ts';
import { useRevokeToken, usersQuery } from './queries.ts';
import { useTokenPageTexts } from './texts.ts';

const SHOWN = 5;

/** Asks before a token stops for good, and says what stops with it. */
export function RevokeDialog({
  token,
  onClose,
}: {
  readonly token: NativeToken;
  readonly onClose: () => void;
}): ReactElement {
  const page = useTokenPageTexts();
  const texts = page.revokeDialog;
  const toast = useToast();
  const revoke = useRevokeToken(token.account, token.id);
  const confirm = () =>
    revoke.mutate(undefined, {
      onSuccess: () => {
        onClose();
        toast({ text: texts.done });
      },
    });
  return (
    <Dialog
      title={texts.title({ name: token.note ?? page.unnamed })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind="danger" isBusy={revoke.isPending} onClick={confirm}>
            {texts.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p>{texts.intro}</p>
        <WhatStops token={token} />
        {token.default && <Callout kind="warning">{texts.isDefault}</Callout>}
        {token.retiresAt !== undefined && <Callout>{texts.inRotation}</Callout>}
        {token.replaces !== undefined && <Callout>{texts.successorOf}</Callout>}
        {token.usage !== 'tk' && token.status === 'active' && token.retiresAt === undefined && (
          <p className="text-soft">
            <Link
              to="/a/$account/tokens/$token/rotate"
              params={{ account: token.account, token: token.id }}
              className="text-accent-ink underline underline-offset-2"
            >
              {texts.rotateInstead}
            </Link>
          </p>
        )}
        {!(revoke.error instanceof StepUpDeclined) && <FailureCallout error={revoke.error} />}
      </div>
    </Dialog>
  );
}

function WhatStops({ token }: { readonly token: NativeToken }): ReactElement {
  const page = useTokenPageTexts();
  const texts = page.revokeDialog;
  const users = useQuery(usersQuery(token.account, token.id));
  if (users.isPending) return <SkeletonLines lines={2} />;
  const groups = groupUsers(users.data?.users ?? []).filter(({ allowed }) => allowed > 0);
  if (token.lastUsed === undefined && groups.length === 0)
    return <p className="text-soft">{texts.neverUsed}</p>;
  return (
    <div className="flex flex-col gap-2 rounded-md border border-line bg-sunken px-3.5 py-3">
      {token.lastUsed !== undefined && (
        <p>
          {texts.lastUsed}: <Time at={token.lastUsed.at} as="ago" />
        </p>
      )}
      {groups.length === 0 ? (
        <p className="text-soft">{texts.stopsNothing}</p>
      ) : (
        <>
          <p className="font-medium">{texts.stops}</p>
          <ul className="flex flex-col gap-1">
            {groups.slice(0, SHOWN).map((user) => (
              <li key={`${user.origin} ${user.client}`} className="flex flex-wrap justify-between gap-x-4">
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  {user.origin === '' ? user.client || page.users.noOrigin : user.origin}
                </span>
                <span className="text-soft">
                  <Time at={user.last} as="ago" />
                </span>
              </li>
            ))}
          </ul>
          {groups.length > SHOWN && (
            <p className="text-sm text-soft">{page.users.more({ count: groups.length - SHOWN })}</p>
          )}
        </>
      )}
    </div>
  );
}
