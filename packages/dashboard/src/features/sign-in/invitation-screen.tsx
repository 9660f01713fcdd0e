import type { ReceivedInvitation } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { FailureCallout, FailureState } from '../../api/failure.tsx';
import { useSessionTexts } from '../../session/texts.ts';
import { Button, buttonClasses } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { GatePage } from './gate-page.tsx';
import { keepInvitation, keptInvitation } from './kept-invitation.ts';
import { LinkMissing } from './link-missing.tsx';
import { NewcomerForm } from './newcomer-form.tsx';
import { invitationQuery, maybeSessionQuery, useAcceptInvitation, useSignOut } from './queries.ts';
import { useSignInTexts } from './texts.ts';
import { useLinkToken } from './use-link-token.ts';

/** Where the link of an invitation leads, for newcomers and for people who have a login. */
export function InvitationScreen(): ReactElement {
  const link = useLinkToken();
  const token = link ?? keptInvitation();
  return token === undefined ? <LinkMissing /> : <Invitation token={token} />;
}

function Invitation({ token }: { readonly token: string }): ReactElement {
  const texts = useSignInTexts();
  const { roles } = useSessionTexts();
  const invitation = useQuery(invitationQuery(token));
  if (invitation.isPending) return <SkeletonLines />;
  if (invitation.isError) return <FailureState error={invitation.error} />;
  const { account, role, email } = invitation.data;
  return (
    <GatePage
      title={texts.invitationTitle({ account })}
      description={
        <>
          <p>{texts.invitationText({ account, role: roles[role] })}</p>
          <p className="mt-1">
            {texts.invitationFor} <span className="font-medium text-ink">{email}</span>
          </p>
        </>
      }
    >
      {invitation.data.knownPerson ? (
        <KnownPerson token={token} invitation={invitation.data} />
      ) : (
        <NewcomerForm token={token} invitation={invitation.data} />
      )}
    </GatePage>
  );
}

interface KnownPersonProps {
  readonly token: string;
  readonly invitation: ReceivedInvitation;
}

function KnownPerson({ token, invitation: { account, email } }: KnownPersonProps): ReactElement {
  const texts = useSignInTexts();
  const navigate = useNavigate();
  const session = useQuery(maybeSessionQuery);
  const accept = useAcceptInvitation(token);
  const signOut = useSignOut();
  if (session.isPending) return <SkeletonLines lines={2} />;
  const person = session.data?.person;
  if (person === undefined) {
    return (
      <Callout>
        <p>{texts.invitationSignIn}</p>
        <Link
          to="/sign-in"
          search={{ next: '/dashboard/invitation' }}
          onClick={() => keepInvitation(token)}
          className={buttonClasses({ kind: 'primary', size: 'small' }, 'mt-1 self-start')}
        >
          {texts.title}
        </Link>
      </Callout>
    );
  }
  if (person.email.toLowerCase() !== email.toLowerCase()) {
    return (
      <Callout kind="warning">
        <p>{texts.invitationOther({ email: person.email })}</p>
        <Button
          size="small"
          className="mt-1 self-start"
          isBusy={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          {texts.signOut}
        </Button>
      </Callout>
    );
  }
  const join = () =>
    accept.mutate(
      {},
      { onSuccess: () => void navigate({ to: '/a/$account', params: { account }, replace: true }) },
    );
  return (
    <div className="flex flex-col gap-4">
      <FailureCallout error={accept.error} />
      <Button kind="primary" isBusy={accept.isPending} onClick={join}>
        {texts.invitationAccept}
      </Button>
    </div>
  );
}
