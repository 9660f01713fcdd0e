import { createHistogram, type Histogram, type Metric } from '@latchkey/wire/metrics';

/** What a server counts of the calls that it answers. Labels hold patterns of routes and statuses: nothing that a call brings. */
export interface CallMetrics {
  observe(call: FinishedCall): void;
  read(): readonly Metric[];
}

export interface FinishedCall {
  /** The pattern: `/v1/tokens/{id}`. */
  readonly route: string;
  readonly status: number;
  /** Until the head of the answer was made. */
  readonly seconds: number;
}

const LIMITS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function createCallMetrics(): CallMetrics {
  const counts = new Map<string, { readonly route: string; readonly status: string; value: number }>();
  const took = new Map<string, Histogram>();
  return {
    observe({ route, status, seconds }) {
      const key = `${status} ${route}`;
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { route, status: String(status), value: 1 });
      else known.value += 1;
      const histogram = took.get(route) ?? createHistogram(LIMITS_SECONDS);
      took.set(route, histogram);
      histogram.observe(seconds);
    },
    read: () => [
      {
        kind: 'counter',
        name: 'latchkey_calls_total',
        help: 'Calls that were answered, by route and status.',
        samples: Array.from(counts.values(), ({ route, status, value }) => ({
          labels: { route, status },
          value,
        })),
      },
      {
        kind: 'histogram',
        name: 'latchkey_call_seconds',
        help: 'Until the head of an answer was made, by route.',
        samples: Array.from(took, ([route, histogram]) => ({ labels: { route }, figures: histogram.read() })),
      },
    ],
  };
}
