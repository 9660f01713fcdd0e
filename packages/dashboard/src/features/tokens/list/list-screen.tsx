import { scopesOfRole } from '@latchkey/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouterState } from '@tanstack/react-router';
import type { RowSelectionState } from '@tanstack/react-table';
import { Plus } from 'lucide-react';
import { type ReactElement, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { FailureState } from '../../../api/failure.tsx';
import { useAccount } from '../../../session/use-session.ts';
import { buttonClasses } from '../../../ui/button.tsx';
import { GuideLink } from '../../../ui/guide-link.tsx';
import { Page } from '../../../ui/page.tsx';
import { scopesQuery } from '../form/queries.ts';
import { ChosenBar } from './chosen-bar.tsx';
import { EmptyList } from './empty-list.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ListEnd } from './list-end.tsx';
import { isFiltered, type ListSearch } from './list-search.ts';
import { ListSkeleton } from './list-skeleton.tsx';
import { useTokens } from './queries.ts';
import { RevokeFittingButton } from './revoke-fitting-button.tsx';
import { useTokenListTexts } from './texts.ts';
import { TokenCards } from './token-cards.tsx';
import { TokenTable } from './token-table.tsx';
import { useIsNarrow } from './use-is-narrow.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** What the form hands to the list: which token was just made. It is gone when the page is loaded anew. */
    readonly madeToken?: string | undefined;
  }
}

const route = getRouteApi('/signed-in/a/$account/tokens');

/** The account's tokens: found, ordered, chosen, revoked, and opened one by one. */
export function TokenListScreen(): ReactElement {
  const texts = useTokenListTexts();
  const account = useAccount();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const madeToken = useRouterState({ select: ({ location }) => location.state.madeToken });
  const mayWrite = scopesOfRole(account.role, account.kind).includes('tokens:write');
  const tokens = useTokens(search);
  const offer = useQuery(scopesQuery);
  const isNarrow = useIsNarrow();
  const [selection, setSelection] = useState<RowSelectionState>({});
  const searchField = useRef<HTMLInputElement>(null);
  useSearchKey(searchField);

  const unchoose = useCallback(() => setSelection({}), []);
  const change = useCallback(
    (next: ListSearch) => {
      setSelection({});
      void navigate({ to: '.', search: next, replace: true });
    },
    [navigate],
  );
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = tokens;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const scopeNames = useMemo(() => offer.data?.scopes.map(({ id }) => id) ?? [], [offer.data]);

  const rows = tokens.data ?? [];
  const rowsProps = {
    account: account.name,
    tokens: rows,
    selection,
    onSelectionChange: setSelection,
    canChoose: mayWrite,
    madeToken,
    onEnd,
  };
  return (
    <Page
      title={texts.title}
      description={
        <>
          {texts.description} <GuideLink chapter="tokens" />
        </>
      }
      width="wide"
      actions={
        mayWrite && (
          <Link
            to="/a/$account/tokens/new"
            params={{ account: account.name }}
            className={buttonClasses({ kind: 'primary' })}
          >
            <Plus aria-hidden className="size-4" />
            {texts.create}
          </Link>
        )
      }
    >
      <FilterBar search={search} onChange={change} scopes={scopeNames} searchField={searchField}>
        {mayWrite && rows.length > 0 && <RevokeFittingButton search={search} />}
      </FilterBar>
      {mayWrite && <ChosenBar chosen={Object.keys(selection)} onDone={unchoose} />}
      <section
        aria-label={texts.title}
        aria-busy={tokens.isPlaceholderData || undefined}
        className="rounded-lg border border-line bg-panel"
      >
        {tokens.isPending ? (
          <ListSkeleton />
        ) : tokens.data === undefined ? (
          <FailureState error={tokens.error} onRetry={() => void tokens.refetch()} />
        ) : rows.length === 0 ? (
          <EmptyList
            account={account.name}
            mayCreate={mayWrite}
            isFiltered={isFiltered(search)}
            onClear={() => change({})}
          />
        ) : isNarrow ? (
          <TokenCards {...rowsProps} />
        ) : (
          <TokenTable {...rowsProps} sort={search.sort} onSort={(sort) => change(withSort(search, sort))} />
        )}
      </section>
      {rows.length > 0 && (
        <ListEnd
          count={rows.length}
          hasMore={hasNextPage}
          isLoading={isFetchingNextPage}
          error={isFetchNextPageError ? tokens.error : undefined}
          onMore={() => void fetchNextPage()}
        />
      )}
    </Page>
  );
}

function withSort({ sort: _before, ...filters }: ListSearch, sort: ListSearch['sort']): ListSearch {
  return sort === undefined ? filters : { ...filters, sort };
}

/** `/` goes to the search, but for who is writing somewhere. */
function useSearchKey(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isWriting =
        event.target instanceof HTMLElement &&
        (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
      if (event.key !== '/' || isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog:modal') !== null) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [field]);
}
