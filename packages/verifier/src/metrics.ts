export type {
  Histogram,
  HistogramFigures,
  HistogramSample,
  Labels,
  Metric,
  MetricName,
  Sample,
} from '@latchkey/wire/metrics';
export { createHistogram, formatMetrics, METRICS_CONTENT_TYPE } from '@latchkey/wire/metrics';
