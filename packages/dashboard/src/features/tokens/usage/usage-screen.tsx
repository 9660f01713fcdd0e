import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { type ReactElement, useMemo } from 'react';
import { FailureCallout, FailureState } from '../../../api/failure.tsx';
import { useLanguage } from '../../../language/language-context.tsx';
import { useAccount } from '../../../session/use-session.ts';
import { Button } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { DaysForm } from './days-form.tsx';
import { downloadCsv } from './download-csv.ts';
import { outcomesQuery, tokenNamesQuery, usageQuery } from './queries.ts';
import { USAGE_RANGES } from './range.ts';
import { useTokenUsageTexts } from './texts.ts';
import { TokensByUse } from './tokens-by-use.tsx';
import { UsageFigure } from './usage-figure.tsx';
import { readUsageSearch, spanOfSearch, type UsageSearch } from './usage-search.ts';

const DIMENSIONS = ['outcome', 'service', 'token'] as const;

/** How often the tokens of an account are used. */
export function UsageScreen(): ReactElement {
  const texts = useTokenUsageTexts();
  const account = useAccount().name;
  const found = useSearch({ strict: false });
  const search = useMemo(() => readUsageSearch({ ...found }), [found]);
  const navigate = useNavigate();
  const show = (next: UsageSearch) =>
    void navigate({ to: '/a/$account/usage', params: { account }, search: next, replace: true });
  const by = search.by ?? 'outcome';
  const span = spanOfSearch(search, useNow());
  const usage = useQuery(usageQuery({ account, span, by }));
  const names = useQuery(tokenNamesQuery(account));
  const download = useMutation({ mutationFn: () => downloadCsv({ account, span, by }) });
  return (
    <Page
      title={texts.pageTitle}
      description={texts.intro}
      width="wide"
      actions={
        <Button isBusy={download.isPending} onClick={() => download.mutate()}>
          <Download aria-hidden className="size-4" />
          {texts.downloadCsv}
        </Button>
      }
    >
      <FailureCallout error={download.error} />
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={texts.range}
          value={search.first === undefined ? (search.range ?? '30d') : ''}
          onChange={(value) => {
            const range = USAGE_RANGES.find((each) => each === value);
            if (range !== undefined) show({ range, by });
          }}
          options={USAGE_RANGES.map((value) => ({ value, label: texts.ranges[value] }))}
        />
        <DaysForm first={search.first} last={search.last} onShow={(days) => show({ ...days, by })} />
      </div>
      <Panel
        title={<Totals account={account} span={span} />}
        actions={
          <Segmented
            label={texts.by}
            value={by}
            onChange={(value) => show({ ...search, by: value })}
            options={DIMENSIONS.map((value) => ({ value, label: texts.dimension[value] }))}
          />
        }
      >
        {usage.isPending ? (
          <Skeleton className="h-[220px] w-full" />
        ) : usage.isError ? (
          <FailureState error={usage.error} onRetry={() => void usage.refetch()} />
        ) : (
          <UsageFigure
            usage={usage.data}
            by={DIMENSIONS.find((each) => usage.data.by.includes(each)) ?? by}
            tokenNames={names.data}
          />
        )}
      </Panel>
      <TokensByUse account={account} span={span} names={names.data} />
    </Page>
  );
}

function Totals({
  account,
  span,
}: {
  readonly account: string;
  readonly span: ReturnType<typeof spanOfSearch>;
}): string {
  const texts = useTokenUsageTexts();
  const { locale } = useLanguage();
  const { data } = useQuery(outcomesQuery({ account, span }));
  if (data === undefined) return texts.title;
  const number = new Intl.NumberFormat(locale);
  const all = data.rows.reduce((sum, { count }) => sum + count, 0);
  const allowed = data.rows
    .filter(({ outcome }) => outcome === 'allowed')
    .reduce((sum, { count }) => sum + count, 0);
  return texts.summary({
    requests: number.format(all),
    allowed: number.format(allowed),
    refused: number.format(all - allowed),
  });
}
