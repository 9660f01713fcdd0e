export type { Histogram, HistogramFigures } from './histogram.ts';
export { createHistogram } from './histogram.ts';
export type { HistogramSample, Labels, Metric, MetricName, Sample } from './metric.ts';
export { formatMetrics, METRICS_CONTENT_TYPE } from './metric.ts';
