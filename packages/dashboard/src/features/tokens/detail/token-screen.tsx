import { LatchkeyApiError } from '@latchkey/wire/client';
import type { NativeToken } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Ban, Pencil, RefreshCw } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { FailureState } from '../../../api/failure.tsx';
import { useAccount } from '../../../session/use-session.ts';
import { Button, buttonClasses } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { RotationPanel } from '../rotate/rotation-panel.tsx';
import type { UsageRange } from '../usage/range.ts';
import { UsagePanel } from '../usage/usage-panel.tsx';
import { AboutPanel } from './about-panel.tsx';
import { AccessPanel } from './access-panel.tsx';
import { BackToTokens } from './back-to-tokens.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { ExplainBox } from './explain-box.tsx';
import { mayWriteTokens } from './may-write.ts';
import { tokenQuery } from './queries.ts';
import { ReceiptPanel } from './receipt-panel.tsx';
import { RefusalsPanel } from './refusals-panel.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { StatusCallout } from './status-callout.tsx';
import { TextPanel } from './text-panel.tsx';
import { useTokenPageTexts } from './texts.ts';
import { TokenBadges } from './token-badges.tsx';
import { UsersPanel } from './users-panel.tsx';

/** Everything about one token, and what can be done with it. */
export function TokenScreen(): ReactElement {
  const texts = useTokenPageTexts();
  const account = useAccount();
  const { token: id = '' } = useParams({ strict: false });
  const token = useQuery(tokenQuery(account.name, id));
  if (token.data !== undefined)
    return <Known key={id} token={token.data} mayWrite={mayWriteTokens(account)} />;
  return (
    <Page title={texts.text.title} above={<BackToTokens account={account.name} />} width="wide">
      <Panel>
        {token.isPending ? (
          <SkeletonLines lines={8} />
        ) : isUnknown(token.error) ? (
          <EmptyState title={texts.gone.title}>{texts.gone.text}</EmptyState>
        ) : (
          <FailureState error={token.error} onRetry={() => void token.refetch()} />
        )}
      </Panel>
    </Page>
  );
}

function isUnknown(error: unknown): boolean {
  return error instanceof LatchkeyApiError && error.code === 'token_not_found';
}

function Known({
  token,
  mayWrite,
}: {
  readonly token: NativeToken;
  readonly mayWrite: boolean;
}): ReactElement {
  const texts = useTokenPageTexts();
  const [isRevoking, setRevoking] = useState(false);
  const [range, setRange] = useState<UsageRange>('7d');
  const { account, id } = token;
  const params = { account, token: id };
  const isLasting = token.usage !== 'tk';
  const canChange = mayWrite && token.status !== 'revoked';
  return (
    <Page
      title={token.note ?? texts.unnamed}
      above={<BackToTokens account={account} />}
      description={<TokenBadges token={token} />}
      width="wide"
      actions={
        canChange && (
          <>
            <Button onClick={() => setRevoking(true)}>
              <Ban aria-hidden className="size-4" />
              {texts.revoke}
            </Button>
            {isLasting && token.status === 'active' && token.retiresAt === undefined && (
              <Link to="/a/$account/tokens/$token/rotate" params={params} className={buttonClasses({})}>
                <RefreshCw aria-hidden className="size-4" />
                {texts.rotate}
              </Link>
            )}
            {isLasting && (
              <Link
                to="/a/$account/tokens/$token/edit"
                params={params}
                className={buttonClasses({ kind: 'primary' })}
              >
                <Pencil aria-hidden className="size-4" />
                {texts.edit}
              </Link>
            )}
          </>
        )
      }
    >
      <StatusCallout token={token} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <RotationPanel token={token} mayWrite={canChange} />
          <TextPanel token={token} />
          <AccessPanel token={token} />
          <UsagePanel account={account} token={id} range={range} onRangeChange={setRange} />
          <UsersPanel account={account} token={id} />
          <RefusalsPanel token={token} range={range} mayWrite={canChange} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <AboutPanel token={token} />
          <ReceiptPanel token={token} />
          <ChangesPanel account={account} token={id} />
          <ExplainBox account={account} token={id} />
        </div>
      </div>
      {isRevoking && <RevokeDialog token={token} onClose={() => setRevoking(false)} />}
    </Page>
  );
}
