import type { RequestListener } from 'node:http';
import type { Verifier } from '@latchkey/verifier';
import type { Histogram, Metric } from '@latchkey/verifier/metrics';
import { createHistogram, formatMetrics } from '@latchkey/verifier/metrics';

/** What a gateway counts. Labels hold reasons and names of doors: nothing that a request brings. */
export interface GatewayMetrics {
  countAllowed(): void;
  /** @param outcome the reason of a refusal, or what is wrong with how a door was asked */
  count(outcome: string): void;
  /** An answer of the reverse proxy's own that is no decision. */
  countProxyFailure(code: string): void;
  countReload(outcome: 'applied' | 'refused'): void;
  /** The door, with the time that it takes until its answer is written or on its way. */
  timed(name: string, door: RequestListener): RequestListener;
  /** Adds figures that another part of the gateway keeps. */
  also(read: () => readonly Metric[]): void;
  /** In Prometheus' text format. */
  text(verifier: Pick<Verifier, 'metrics'>): string;
}

const DECISIONS = 'latchkey_decisions_total';
/** A door decides in microseconds. */
const LIMITS_SECONDS = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.01, 0.1, 1, 10];

export function createGatewayMetrics(): GatewayMetrics {
  let allowed = 0;
  const refused = new Map<string, number>();
  const proxyFailures = new Map<string, number>();
  const reloads = { applied: 0, refused: 0 };
  const doors = new Map<string, Histogram>();
  const others: (() => readonly Metric[])[] = [];

  function own(): readonly Metric[] {
    return [
      {
        kind: 'counter',
        name: DECISIONS,
        help: 'Decisions by outcome: allowed, or the reason of the refusal.',
        samples: [
          { labels: { outcome: 'allowed' }, value: allowed },
          ...Array.from(refused, ([outcome, value]) => ({ labels: { outcome }, value })),
        ],
      },
      {
        kind: 'counter',
        name: 'latchkey_proxy_failures_total',
        help: 'Answers of the reverse proxy that are no decision, by code.',
        samples: Array.from(proxyFailures, ([code, value]) => ({ labels: { code }, value })),
      },
      {
        kind: 'histogram',
        name: 'latchkey_door_seconds',
        help: 'What a door takes for a question, without the network.',
        samples: Array.from(doors, ([door, took]) => ({ labels: { door }, figures: took.read() })),
      },
      {
        kind: 'counter',
        name: 'latchkey_config_reloads_total',
        help: 'Configurations that were read again: applied, or refused whole.',
        samples: Object.entries(reloads).map(([outcome, value]) => ({ labels: { outcome }, value })),
      },
    ];
  }

  return {
    countAllowed() {
      allowed += 1;
    },
    count(outcome) {
      refused.set(outcome, (refused.get(outcome) ?? 0) + 1);
    },
    countProxyFailure(code) {
      proxyFailures.set(code, (proxyFailures.get(code) ?? 0) + 1);
    },
    countReload(outcome) {
      reloads[outcome] += 1;
    },
    timed(name, door) {
      const took = doors.get(name) ?? createHistogram(LIMITS_SECONDS);
      doors.set(name, took);
      return (incoming, response) => {
        const start = performance.now();
        door(incoming, response);
        took.observe((performance.now() - start) / 1000);
      };
    },
    also(read) {
      others.push(read);
    },
    text(verifier) {
      // The verifier knows nothing of questions that no door understood.
      return formatMetrics([
        ...own(),
        ...others.flatMap((read) => read()),
        ...verifier.metrics().filter(({ name }) => name !== DECISIONS),
      ]);
    },
  };
}
