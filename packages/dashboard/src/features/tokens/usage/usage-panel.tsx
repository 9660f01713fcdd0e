import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { FailureState } from '../../../api/failure.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { usageQuery } from './queries.ts';
import { spanOf, USAGE_RANGES, type UsageRange } from './range.ts';
import { useTokenUsageTexts } from './texts.ts';
import { UsageFigure } from './usage-figure.tsx';

const DIMENSIONS = ['outcome', 'service'] as const;

export interface UsagePanelProps {
  readonly account: string;
  readonly token: string;
  readonly range: UsageRange;
  readonly onRangeChange: (range: UsageRange) => void;
}

/** How often one token was used, by outcome or by service. */
export function UsagePanel({ account, token, range, onRangeChange }: UsagePanelProps): ReactElement {
  const texts = useTokenUsageTexts();
  const [by, setBy] = useState<(typeof DIMENSIONS)[number]>('outcome');
  const usage = useQuery(usageQuery({ account, token, span: spanOf(range, useNow()), by }));
  return (
    <Panel
      title={texts.title}
      actions={
        <>
          <Segmented
            label={texts.by}
            value={by}
            onChange={setBy}
            options={DIMENSIONS.map((value) => ({ value, label: texts.dimension[value] }))}
          />
          <Segmented
            label={texts.range}
            value={range}
            onChange={onRangeChange}
            options={USAGE_RANGES.map((value) => ({ value, label: texts.ranges[value] }))}
          />
        </>
      }
    >
      {usage.isPending ? (
        <Skeleton className="h-[220px] w-full" />
      ) : usage.isError ? (
        <FailureState error={usage.error} onRetry={() => void usage.refetch()} />
      ) : (
        // What is drawn is told apart as it was asked for, also while the next answer is on its way.
        <UsageFigure usage={usage.data} by={usage.data.by.includes('service') ? 'service' : 'outcome'} />
      )}
    </Panel>
  );
}
