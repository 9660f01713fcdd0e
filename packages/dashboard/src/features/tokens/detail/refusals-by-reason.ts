import type { Usage } from '@latchkey/wire/native';

export interface RefusalsOfReason {
  readonly reason: string;
  readonly count: number;
  /** Every scope that one of the requests needed. */
  readonly scopes: readonly string[];
}

/** Sums of usage by outcome and scope as one line a reason, the most frequent first. What was allowed is left out. */
export function refusalsByReason(rows: Usage['rows']): readonly RefusalsOfReason[] {
  const byReason = new Map<string, RefusalsOfReason>();
  for (const { outcome: reason = '', scope = '', count } of rows) {
    if (reason === 'allowed') continue;
    const before = byReason.get(reason) ?? { reason, count: 0, scopes: [] };
    const needed = scope.split(' ').filter((each) => each !== '' && each !== '*');
    byReason.set(reason, {
      reason,
      count: before.count + count,
      scopes: [...new Set([...before.scopes, ...needed])].sort(),
    });
  }
  return [...byReason.values()].sort((a, b) => b.count - a.count);
}
