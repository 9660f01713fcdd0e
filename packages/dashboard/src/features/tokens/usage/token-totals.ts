import type { Usage } from '@latchkey/wire/native';

export interface TokenTotal {
  /** Null: no token was known. */
  readonly token: string | null;
  readonly allowed: number;
  readonly refused: number;
}

/** Sums by token and kind as one line a token, the most used first. */
export function tokenTotals(rows: Usage['rows']): readonly TokenTotal[] {
  const totals = new Map<string | null, { allowed: number; refused: number }>();
  for (const { token = null, kind, count } of rows) {
    const total = totals.get(token) ?? { allowed: 0, refused: 0 };
    total[kind === 'allowed' ? 'allowed' : 'refused'] += count;
    totals.set(token, total);
  }
  return [...totals]
    .map(([token, total]) => ({ token, ...total }))
    .sort((a, b) => b.allowed + b.refused - (a.allowed + a.refused));
}
