import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import type { ReactElement } from 'react';
import { FailureState } from '../../api/failure.tsx';
import { useAccount } from '../../session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditRow } from './audit-row.tsx';
import { type AuditFilter, auditQuery } from './queries.ts';
import { readAuditSearch } from './read-audit-search.ts';
import { useAuditTexts } from './texts.ts';

/** The audit log, filtered by what the address says. */
export function AuditScreen(): ReactElement {
  const texts = useAuditTexts();
  const { name: account, kind } = useAccount();
  const filter = readAuditSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const change = (next: AuditFilter) =>
    void navigate({ to: '/a/$account/audit', params: { account }, search: next, replace: true });
  return (
    <Page
      title={texts.title}
      description={kind === 'operator' ? texts.operatorDescription : texts.description}
    >
      <AuditFilters filter={filter} isOperator={kind === 'operator'} onChange={change} />
      <Panel isFlush>
        <AuditList account={account} filter={filter} onFilter={(more) => change({ ...filter, ...more })} />
      </Panel>
    </Page>
  );
}

interface AuditListProps {
  readonly account: string;
  readonly filter: AuditFilter;
  readonly onFilter: (filter: AuditFilter) => void;
}

function AuditList({ account, filter, onFilter }: AuditListProps): ReactElement {
  const texts = useAuditTexts();
  const log = useInfiniteQuery(auditQuery(account, filter));
  if (log.isPending) {
    return (
      <div className="p-5">
        <SkeletonLines lines={8} />
      </div>
    );
  }
  if (log.isError) return <FailureState error={log.error} onRetry={() => void log.refetch()} />;
  const entries = log.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) {
    const isFiltered = Object.values(filter).some((value) => value !== undefined);
    return isFiltered ? (
      <EmptyState
        title={texts.nothing}
        actions={<Button onClick={() => onFilter(noFilter(filter))}>{texts.clear}</Button>}
      >
        <p>{texts.nothingText}</p>
      </EmptyState>
    ) : (
      <EmptyState icon={ScrollText} title={texts.empty}>
        <p>{texts.emptyText}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <ol aria-label={texts.list}>
        {entries.map((entry) => (
          <AuditRow key={entry.sequence} entry={entry} account={account} onFilter={onFilter} />
        ))}
      </ol>
      <div className="flex justify-center border-t border-line px-4 py-3">
        {log.hasNextPage ? (
          <Button isBusy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {texts.more}
          </Button>
        ) : (
          <p className="text-sm text-soft">{texts.end}</p>
        )}
      </div>
    </>
  );
}

function noFilter(filter: AuditFilter): AuditFilter {
  return Object.fromEntries(Object.keys(filter).map((key) => [key, undefined]));
}
