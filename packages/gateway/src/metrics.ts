import type { VerifierStatus } from '@latchkey/verifier';

/** Counts decisions, and writes them in Prometheus' text format. Labels hold reasons alone: nothing that a request brings. */
export interface Metrics {
  countAllowed(): void;
  count(outcome: string): void;
  text(status: VerifierStatus): string;
}

export function createMetrics(): Metrics {
  let allowed = 0;
  const refused = new Map<string, number>();
  return {
    countAllowed() {
      allowed += 1;
    },
    count(outcome) {
      refused.set(outcome, (refused.get(outcome) ?? 0) + 1);
    },
    text(status) {
      const decisions = [['allowed', allowed] as const, ...refused].map(
        ([outcome, count]) => `latchkey_decisions_total{outcome="${outcome}"} ${count}`,
      );
      return [
        '# HELP latchkey_decisions_total Decisions by outcome: allowed, or the reason of the refusal.',
        '# TYPE latchkey_decisions_total counter',
        ...decisions,
        ...gauge('latchkey_replica_current', 'Whether unknown tokens are really unknown.', +status.current),
        ...gauge('latchkey_replica_connected', 'Whether the feed is connected.', +status.connected),
        ...gauge('latchkey_replica_tokens', 'Tokens known, revoked ones included.', status.tokens),
        ...gauge('latchkey_replica_rejected_records', 'Records not readable.', status.rejected.count),
        ...(status.ageSeconds === undefined
          ? []
          : gauge('latchkey_replica_age_seconds', 'Since the replica was complete.', status.ageSeconds)),
        '',
      ].join('\n');
    },
  };
}

function gauge(name: string, help: string, value: number): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`];
}
