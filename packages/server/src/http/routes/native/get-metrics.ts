import { formatMetrics, METRICS_CONTENT_TYPE } from '@latchkey/wire/metrics';
import { nativeEndpoint } from '../../endpoint.ts';
import { stream } from '../../failure.ts';
import { serverMetrics } from '../../server-metrics.ts';

export const getMetricsEndpoint = nativeEndpoint({
  method: 'get',
  path: '/metrics',
  isUrgent: true,
  operationId: 'getMetrics',
  summary: 'Figures for a monitoring system',
  description:
    "In Prometheus' text format: calls, changes, verifiers and how far they are behind, alarms, load, mails. The names of verifiers are in it, so it needs a token.",
  requires: ['verifiers:read'],
  success: { status: 200, description: "Prometheus' text format, version 0.0.4." },
  async handle(deps) {
    const [overview, databaseBytes, mails] = await Promise.all([
      deps.receipts.overview(),
      deps.store.sizeBytes(),
      deps.mailFigures(),
    ]);
    const figures = serverMetrics(overview, deps.gate, databaseBytes, mails);
    const text = formatMetrics([...deps.callMetrics.read(), ...figures]);
    return stream(METRICS_CONTENT_TYPE, once(text));
  },
});

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
