import type { NativeToken } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { FailureState } from '../../../api/failure.tsx';
import { useAccount } from '../../../session/use-session.ts';
import { Callout } from '../../../ui/callout.tsx';
import { GuideLink } from '../../../ui/guide-link.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { mayWriteTokens } from '../detail/may-write.ts';
import { tokenQuery } from '../detail/queries.ts';
import { useTokenPageTexts } from '../detail/texts.ts';
import { RotateWizard } from './rotate-wizard.tsx';
import { RotationPanel } from './rotation-panel.tsx';
import { useTokenRotateTexts } from './texts.ts';

/** Replacing a token; where it is being replaced already, how far that is. */
export function RotateScreen(): ReactElement {
  const texts = useTokenRotateTexts();
  const page = useTokenPageTexts();
  const account = useAccount();
  const { token: id = '' } = useParams({ strict: false });
  const token = useQuery(tokenQuery(account.name, id));
  const name = token.data?.note ?? page.unnamed;
  return (
    <Page
      title={texts.title({ name })}
      description={
        <>
          {texts.intro} <GuideLink chapter="rotation" />
        </>
      }
      above={
        <Link
          to="/a/$account/tokens/$token"
          params={{ account: account.name, token: id }}
          className="inline-flex items-center gap-1 text-soft hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-3.5" />
          {name}
        </Link>
      }
    >
      {token.data !== undefined ? (
        <Known token={token.data} mayWrite={mayWriteTokens(account)} />
      ) : (
        <Panel>
          {token.isError ? (
            <FailureState error={token.error} onRetry={() => void token.refetch()} />
          ) : (
            <SkeletonLines lines={8} />
          )}
        </Panel>
      )}
    </Page>
  );
}

function Known({
  token,
  mayWrite,
}: {
  readonly token: NativeToken;
  readonly mayWrite: boolean;
}): ReactElement {
  const texts = useTokenRotateTexts();
  const [made, setMade] = useState<NativeToken | undefined>(undefined);
  // The token is being replaced from the moment on in which the successor is shown: that must not take it from sight.
  if (made !== undefined) return <RotateWizard token={token} made={made} onMade={setMade} />;
  if (token.usage === 'tk') return <Callout>{texts.refusedTemporary}</Callout>;
  if (token.status === 'revoked') return <Callout kind="warning">{texts.refusedRevoked}</Callout>;
  if (token.retiresAt !== undefined) {
    return (
      <>
        <Callout>{texts.alreadyUnderway}</Callout>
        <RotationPanel token={token} mayWrite={mayWrite} />
      </>
    );
  }
  if (!mayWrite) return <Callout kind="warning">{texts.cannotRotate}</Callout>;
  return <RotateWizard token={token} made={made} onMade={setMade} />;
}
