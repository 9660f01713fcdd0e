import type { Decision } from '@latchkey/core';
import type { HistogramFigures, Metric, Sample } from '@latchkey/wire/metrics';
import type { VerifierStatus } from './status.ts';

/** Decisions by outcome: `allowed`, or the reason of the refusal. */
export interface DecisionCounts {
  count(decision: Decision): void;
  samples(): readonly Sample[];
}

export function createDecisionCounts(): DecisionCounts {
  let allowed = 0;
  const refused = new Map<string, number>();
  return {
    count(decision) {
      if (decision.allow) allowed++;
      else refused.set(decision.reason, (refused.get(decision.reason) ?? 0) + 1);
    },
    samples: () => [
      { labels: { outcome: 'allowed' }, value: allowed },
      ...Array.from(refused, ([outcome, value]) => ({ labels: { outcome }, value })),
    ],
  };
}

/** Figures of a verifier. Labels hold what is known beforehand (reasons, classes) and nothing that a request brings. */
export function verifierMetrics({
  status,
  decisions,
  lag,
  missingSeconds,
}: {
  readonly status: VerifierStatus;
  readonly decisions: readonly Sample[];
  readonly lag: HistogramFigures;
  readonly missingSeconds: number;
}): readonly Metric[] {
  const { current, connected, tokens, rejected, ageSeconds, staleness } = status;
  const { secret, temporary, public: open } = staleness;
  const bounds = Object.entries({ secret, temporary, public: open }).map(([of, value]) => ({
    labels: { class: of },
    value,
  }));
  return [
    {
      kind: 'counter',
      name: 'latchkey_decisions_total',
      help: 'Decisions by outcome: allowed, or the reason of the refusal.',
      samples: decisions,
    },
    gauge('latchkey_replica_current', 'Whether unknown tokens are really unknown.', +current),
    gauge('latchkey_replica_connected', 'Whether the feed is connected.', +connected),
    gauge('latchkey_replica_tokens', 'Tokens known, revoked ones included.', tokens),
    gauge('latchkey_replica_rejected_records', 'Records not readable.', rejected.count),
    ...(ageSeconds === undefined
      ? []
      : [gauge('latchkey_replica_age_seconds', 'Since the replica was complete.', ageSeconds)]),
    ...(status.disk?.completeAt === undefined
      ? []
      : [
          gauge(
            'latchkey_replica_disk_timestamp_seconds',
            'When what is on disk was complete: a restart goes on from there.',
            status.disk.completeAt / 1000,
          ),
        ]),
    {
      kind: 'gauge',
      name: 'latchkey_replica_bound_seconds',
      help: 'The age from which tokens of a class are refused, or earlier by their scopes.',
      samples: bounds,
    },
    gauge(
      'latchkey_feed_missing_seconds',
      'Since when a change is known to be missing; 0: none is.',
      missingSeconds,
    ),
    {
      kind: 'histogram',
      name: 'latchkey_feed_lag_seconds',
      help: "From a change's commit until it was applied here.",
      samples: [{ figures: lag }],
    },
  ];
}

function gauge(name: string, help: string, value: number): Metric {
  return { kind: 'gauge', name, help, samples: [{ value }] };
}
