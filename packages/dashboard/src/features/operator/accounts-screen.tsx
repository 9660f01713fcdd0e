import type { Account } from '@latchkey/wire/native';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { FailureState } from '../../api/failure.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { AccountChange } from './account-change.tsx';
import { CreateAccount } from './create-account.tsx';
import { OperatorPage } from './operator-page.tsx';
import { accountsQuery } from './queries.ts';
import { useOperatorTexts } from './texts.ts';

export function AccountsScreen(): ReactElement {
  return <OperatorPage>{(operator) => <Accounts operator={operator} />}</OperatorPage>;
}

function Accounts({ operator }: { readonly operator: string }): ReactElement {
  const texts = useOperatorTexts().accounts;
  const [isCreating, setCreating] = useState(false);
  return (
    <Page
      title={texts.title}
      description={texts.description}
      actions={
        <Button kind="primary" onClick={() => setCreating(true)}>
          {texts.create}
        </Button>
      }
    >
      <Panel isFlush>
        <AccountList operator={operator} />
      </Panel>
      {isCreating && <CreateAccount operator={operator} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function AccountList({ operator }: { readonly operator: string }): ReactElement {
  const texts = useOperatorTexts().accounts;
  const list = useInfiniteQuery(accountsQuery(operator));
  const [changing, setChanging] = useState<Account | undefined>(undefined);
  if (list.isPending) {
    return (
      <div className="p-5">
        <SkeletonLines lines={6} />
      </div>
    );
  }
  if (list.isError) return <FailureState error={list.error} onRetry={() => void list.refetch()} />;
  const accounts = list.data.pages.flatMap(({ items }) => items);
  if (accounts.length === 0) {
    return (
      <EmptyState icon={Building2} title={texts.empty}>
        <p>{texts.emptyText}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <Table label={texts.title}>
        <thead>
          <tr>
            <Th>{texts.name}</Th>
            <Th>{texts.kind}</Th>
            <Th>{texts.status}</Th>
            <Th>{texts.allowance}</Th>
            <Th>{texts.created}</Th>
            <Th>
              <span className="sr-only">{texts.actions}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow key={account.name} account={account} onChange={() => setChanging(account)} />
          ))}
        </tbody>
      </Table>
      {list.hasNextPage && (
        <div className="flex justify-center py-3">
          <Button isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
      {changing !== undefined && (
        <AccountChange operator={operator} account={changing} onClose={() => setChanging(undefined)} />
      )}
    </>
  );
}

interface AccountRowProps {
  readonly account: Account;
  readonly onChange: () => void;
}

function AccountRow({ account, onChange }: AccountRowProps): ReactElement {
  const texts = useOperatorTexts().accounts;
  const { name, kind, status, allowance, created } = account;
  return (
    <tr>
      <Td className="font-medium">{name}</Td>
      <Td>
        {kind === 'operator' ? <Badge tone="accent">{texts.kinds.operator}</Badge> : texts.kinds.customer}
      </Td>
      <Td>
        <Badge tone={status === 'active' ? 'success' : 'warning'}>{texts.statuses[status]}</Badge>
      </Td>
      <Td className="text-soft" title={allowance?.join(', ')}>
        {allowance === null ? texts.everyScope : texts.scopes({ count: allowance.length })}
      </Td>
      <Td>
        <Time at={created} as="day" />
      </Td>
      <Td className="text-right">
        {kind === 'customer' && (
          <Button
            size="small"
            aria-label={`${status === 'active' ? texts.suspend : texts.resume} ${name}`}
            onClick={onChange}
          >
            {status === 'active' ? texts.suspend : texts.resume}
          </Button>
        )}
      </Td>
    </tr>
  );
}
