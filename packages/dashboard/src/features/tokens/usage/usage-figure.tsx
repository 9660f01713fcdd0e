import type { Usage } from '@latchkey/wire/native';
import { ChartNoAxesColumn } from 'lucide-react';
import { lazy, type ReactElement, Suspense, useMemo, useState } from 'react';
import { useLanguage } from '../../../language/language-context.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { labelledLines } from './line-labels.ts';
import { type SeriesDimension, seriesOf } from './series.ts';
import { useTokenUsageTexts } from './texts.ts';
import { UsageTable } from './usage-table.tsx';

// The library that draws comes when there is something to draw.
const UsageChart = lazy(async () => ({ default: (await import('./usage-chart.tsx')).UsageChart }));

export interface UsageFigureProps {
  readonly usage: Usage;
  readonly by: SeriesDimension;
  readonly tokenNames?: ReadonlyMap<string, string> | undefined;
}

/** Requests over time, as a chart or as a table, with what each colour means. */
export function UsageFigure({ usage, by, tokenNames }: UsageFigureProps): ReactElement {
  const texts = useTokenUsageTexts();
  const { locale } = useLanguage();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const series = useMemo(() => seriesOf(usage, by), [usage, by]);
  const lines = useMemo(
    () => labelledLines(series, by, { texts, tokens: tokenNames }),
    [series, by, texts, tokenNames],
  );
  const { step } = usage;
  if (series.total === 0 || step === 'total') {
    return (
      <EmptyState icon={ChartNoAxesColumn} title={texts.empty}>
        {texts.emptyHint}
      </EmptyState>
    );
  }
  const number = new Intl.NumberFormat(locale);
  return (
    <figure className="flex flex-col gap-4">
      {view === 'chart' ? (
        <Suspense fallback={<Skeleton className="h-[220px] w-full" />}>
          <UsageChart series={series} lines={lines} step={step} label={`${texts.title}. ${texts.keys}`} />
        </Suspense>
      ) : (
        <UsageTable series={series} lines={lines} step={step} />
      )}
      <figcaption className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <ul className="flex flex-wrap gap-x-5 gap-y-1.5">
          {lines.map(({ id, label, colour }, index) => (
            <li key={id} className="flex items-center gap-2 text-sm">
              <span aria-hidden className="size-2.5 rounded-[2px]" style={{ background: `var(${colour})` }} />
              <span className="text-soft">{label}</span>
              <span className="font-medium tabular-nums">
                {number.format(series.lines[index]?.total ?? 0)}
              </span>
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center gap-3">
          {step === 'day' && <span className="text-xs text-faint">{texts.utc}</span>}
          <Segmented
            label={texts.view}
            value={view}
            onChange={setView}
            options={[
              { value: 'chart', label: texts.chart },
              { value: 'table', label: texts.table },
            ]}
          />
        </div>
      </figcaption>
    </figure>
  );
}
