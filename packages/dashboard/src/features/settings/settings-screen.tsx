import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { FailureState } from '../../api/failure.tsx';
import { useSessionTexts } from '../../session/texts.ts';
import { useAccount } from '../../session/use-session.ts';
import { Badge } from '../../ui/badge.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { LeavePanel } from './leave-panel.tsx';
import { defaultTokenQuery } from './queries.ts';
import { useSettingsTexts } from './texts.ts';

export function SettingsScreen(): ReactElement {
  const texts = useSettingsTexts();
  const { roles } = useSessionTexts();
  const account = useAccount();
  return (
    <Page title={texts.title} description={texts.description} width="narrow">
      <Panel>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-8 gap-y-2.5">
          <Row name={texts.name}>
            <span className="font-mono">{account.name}</span>
          </Row>
          <Row name={texts.kind}>{texts.kinds[account.kind]}</Row>
          <Row name={texts.role}>{roles[account.role]}</Row>
          <Row name={texts.status}>
            <Badge tone={account.status === 'active' ? 'success' : 'warning'}>
              {texts.statuses[account.status]}
            </Badge>
          </Row>
        </dl>
      </Panel>
      <Panel title={texts.defaultToken} description={texts.defaultTokenText}>
        <DefaultToken account={account.name} />
      </Panel>
      <LeavePanel />
    </Page>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function DefaultToken({ account }: { readonly account: string }): ReactElement {
  const texts = useSettingsTexts();
  const token = useQuery(defaultTokenQuery(account));
  if (token.isPending) return <SkeletonLines lines={1} />;
  if (token.isError) return <FailureState error={token.error} onRetry={() => void token.refetch()} />;
  if (token.data?.token === undefined) return <p className="text-soft">{texts.noDefaultToken}</p>;
  return (
    <div className="flex items-center gap-3 rounded-md border border-line bg-sunken py-1.5 pr-1.5 pl-3">
      <code className="min-w-0 flex-1 truncate font-mono text-sm">{token.data.token}</code>
      <CopyButton text={token.data.token} label={texts.copyToken} />
    </div>
  );
}
