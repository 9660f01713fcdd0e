import type { UsageStep } from '@latchkey/wire/native';
import type { ReactElement } from 'react';
import { useLanguage } from '../../../language/language-context.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';
import type { UsageSeries } from './series.ts';
import { stepLabel } from './step-label.ts';
import { useTokenUsageTexts } from './texts.ts';

export interface UsageTableProps {
  readonly series: UsageSeries;
  readonly lines: readonly { readonly id: string; readonly label: string }[];
  readonly step: UsageStep;
}

/** The same as the chart in numbers, the newest first; steps without a request are left out. */
export function UsageTable({ series, lines, step }: UsageTableProps): ReactElement {
  const texts = useTokenUsageTexts();
  const { locale } = useLanguage();
  const number = new Intl.NumberFormat(locale);
  const rows = series.times
    .map((time, index) => ({ time, counts: series.lines.map(({ counts }) => counts[index] ?? 0) }))
    .filter(({ counts }) => counts.some((count) => count > 0))
    .reverse();
  return (
    <div className="max-h-80 overflow-y-auto rounded-md border border-line">
      <Table label={texts.tableLabel}>
        <thead>
          <tr>
            <Th>{texts.time}</Th>
            {lines.map(({ id, label }) => (
              <Th key={id} className="text-right">
                {label}
              </Th>
            ))}
            <Th className="text-right">{texts.total}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ time, counts }) => (
            <tr key={time}>
              <th
                scope="row"
                className="border-b border-line px-3 py-2 pl-4 text-left font-normal whitespace-nowrap tabular-nums"
              >
                {stepLabel(time, step, locale)}
              </th>
              {lines.map(({ id }, index) => (
                <Td key={id} className="text-right tabular-nums">
                  {number.format(counts[index] ?? 0)}
                </Td>
              ))}
              <Td className="text-right font-medium tabular-nums">
                {number.format(counts.reduce((all, count) => all + count, 0))}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
