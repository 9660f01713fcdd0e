import type { HistogramFigures } from './histogram.ts';

/** Figures of one kind, as they stand now. */
export type Metric =
  | (MetricName & { readonly kind: 'counter' | 'gauge'; readonly samples: readonly Sample[] })
  | (MetricName & { readonly kind: 'histogram'; readonly samples: readonly HistogramSample[] });

export interface MetricName {
  /** With its unit at the end: `latchkey_feed_lag_seconds`; of a counter with `_total`. */
  readonly name: string;
  /** One sentence. */
  readonly help: string;
}

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

export interface HistogramSample {
  readonly labels?: Labels;
  readonly figures: HistogramFigures;
}

/** What an answer that holds {@link formatMetrics} has as its type. */
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Writes figures in Prometheus' text format, version 0.0.4. */
export function formatMetrics(metrics: readonly Metric[]): string {
  return metrics.map(formatMetric).join('');
}

function formatMetric(metric: Metric): string {
  const head = `# HELP ${metric.name} ${escapeHelp(metric.help)}\n# TYPE ${metric.name} ${metric.kind}\n`;
  if (metric.kind !== 'histogram') {
    return head + metric.samples.map(({ labels, value }) => line(metric.name, labels, value)).join('');
  }
  return head + metric.samples.map((sample) => formatHistogram(metric.name, sample)).join('');
}

function formatHistogram(name: string, { labels, figures }: HistogramSample): string {
  const buckets = figures.buckets.map(({ atMost, count }) =>
    line(`${name}_bucket`, { ...labels, le: formatValue(atMost) }, count),
  );
  const { sum, count } = figures;
  return buckets.join('') + line(`${name}_sum`, labels, sum) + line(`${name}_count`, labels, count);
}

function line(name: string, labels: Labels | undefined, value: number): string {
  const pairs = Object.entries(labels ?? {}).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${formatValue(value)}\n`;
}

function formatValue(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
