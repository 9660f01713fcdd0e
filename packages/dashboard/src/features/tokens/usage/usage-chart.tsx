import type { UsageStep } from '@latchkey/wire/native';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useLanguage } from '../../../language/language-context.tsx';
import { resolveColour } from './chart-colours.ts';
import { chartOptions } from './chart-options.ts';
import { stacked, type UsageSeries } from './series.ts';
import { stepLabel } from './step-label.ts';
import { useThemeVersion } from './use-theme-version.ts';

export interface ChartLine {
  readonly id: string;
  readonly label: string;
  /** A custom property. */
  readonly colour: string;
}

export interface UsageChartProps {
  readonly series: UsageSeries;
  /** As many as the series has lines. */
  readonly lines: readonly ChartLine[];
  readonly step: Exclude<UsageStep, 'total'>;
  /** Said to readers of what they stand on. */
  readonly label: string;
}

const HEIGHT = 220;

/** Bars over time, stacked. Under the pointer, or moved through with the arrow keys, each step tells its values. */
export function UsageChart({ series, lines, step, label }: UsageChartProps): ReactElement {
  const { locale } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const [at, setAt] = useState<number | undefined>(undefined);
  const theme = useThemeVersion();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the canvas is painted anew in another theme
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const resolve = (property: string) => resolveColour(element, property);
    const sums = stacked(series.lines);
    const made = new uPlot(
      chartOptions({
        width: element.clientWidth,
        height: HEIGHT,
        steps: series.times.length,
        colours: lines.map(({ colour }) => resolve(colour)),
        ink: resolve('--color-soft'),
        grid: resolve('--color-line'),
        panel: resolve('--color-panel'),
        step,
        locale,
        onMove: setAt,
      }),
      // The whole is drawn first, and what is lower over it.
      [series.times.map((time) => time / 1000), ...sums.map((counts) => [...counts]).reverse()],
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [series, lines, step, locale, theme]);

  const moveTo = (index: number) => {
    const chart = plot.current;
    const time = series.times[index];
    if (chart === undefined || time === undefined) return;
    chart.setCursor({
      left: chart.valToPos(time / 1000, 'x'),
      top: chart.bbox.height / 4 / devicePixelRatio,
    });
    setAt(index);
  };
  const last = series.times.length - 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const now = at ?? last;
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    moveTo(Math.min(Math.max(next, 0), last));
  };
  const valuesAt = (index: number) =>
    lines.map((line, number) => ({ ...line, count: series.lines[number]?.counts[index] ?? 0 }));
  const shown = at === undefined ? undefined : { index: at, time: series.times[at] };
  const spoken =
    shown?.time === undefined
      ? label
      : [
          stepLabel(shown.time, step, locale),
          ...valuesAt(shown.index).map((line) => `${line.label}: ${line.count}`),
        ].join(', ');

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.max(last, 0)}
      aria-valuenow={at ?? Math.max(last, 0)}
      aria-valuetext={spoken}
      onKeyDown={onKeyDown}
      onBlur={() => setAt(undefined)}
      className="relative rounded-sm"
    >
      <div ref={place} style={{ height: HEIGHT }} />
      {shown?.time !== undefined && (
        <Values
          title={stepLabel(shown.time, step, locale)}
          values={valuesAt(shown.index)}
          isLeft={shown.index > series.times.length / 2}
          left={
            plot.current === undefined
              ? 0
              : plot.current.valToPos(shown.time / 1000, 'x') + plot.current.bbox.left / devicePixelRatio
          }
        />
      )}
    </div>
  );
}

interface ValuesProps {
  readonly title: string;
  readonly values: readonly (ChartLine & { readonly count: number })[];
  readonly left: number;
  readonly isLeft: boolean;
}

function Values({ title, values, left, isLeft }: ValuesProps): ReactElement {
  const { locale } = useLanguage();
  const number = new Intl.NumberFormat(locale);
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute top-2 z-10 rounded-md border border-line bg-raised px-3 py-2 text-sm shadow-float"
      style={isLeft ? { right: `calc(100% - ${left - 14}px)` } : { left: left + 14 }}
    >
      <p className="mb-1 font-medium whitespace-nowrap tabular-nums">{title}</p>
      <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-0.5">
        {values.map((line) => (
          <div key={line.id} className="contents">
            <span className="size-2.5 rounded-[2px]" style={{ background: `var(${line.colour})` }} />
            <dt className="whitespace-nowrap text-soft">{line.label}</dt>
            <dd className="pl-3 text-right font-medium tabular-nums">{number.format(line.count)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
