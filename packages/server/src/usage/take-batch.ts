import type { AccountName, TokenId } from '@latchkey/core';
import type { UsageBatch, UsageBatchAnswer } from '@latchkey/wire/feed';
import type { UsageStore, UseRow } from '../store/usage-store.ts';
import { correctedTimes } from './corrected-times.ts';

/** A batch as it came. */
export interface DeliveredBatch {
  readonly batch: UsageBatch;
  /** The token that it came with. */
  readonly token: TokenId;
  /** When it was sent, by the sender's clock; undefined: not told. */
  readonly sentAt: number | undefined;
}

/** Adds what a verifier counted, once however often it comes. Tokens that nobody knows are left out and named. */
export async function takeBatch(
  deps: {
    readonly store: Pick<UsageStore, 'addUsage' | 'accountsOf'>;
    /** Unix milliseconds. */
    readonly now: () => number;
    /** Whether addresses are kept; they are dropped otherwise, whatever the verifier counted. */
    readonly addresses: boolean;
  },
  { batch, token, sentAt }: DeliveredBatch,
): Promise<UsageBatchAnswer> {
  const { store, addresses } = deps;
  const named = new Set<TokenId>();
  for (const rows of [batch.counters, batch.sources, batch.exposures, batch.refusals]) {
    for (const row of rows) if (row.token !== null) named.add(row.token);
  }
  const accounts = await store.accountsOf([...named]);
  // After the wait: whatever is older than the correction says happened before.
  const now = deps.now();
  const times = correctedTimes({ now, sentAt });
  const known = <Row extends { readonly token: TokenId | null }>(rows: readonly Row[]) =>
    rows
      .filter((row) => row.token === null || accounts.has(row.token))
      .map((row) => ({ ...row, account: accountOf(row.token, accounts) }));

  const outcome = await store.addUsage({
    reporter: batch.reporter,
    token,
    sequence: batch.sequence,
    reportedAt: now,
    skewMs: times.skewMs,
    // What the verifier believes the server's time to be cannot be ahead of it.
    until: batch.until === null ? null : Math.min(batch.until, now),
    isLast: batch.isLast,
    counters: known(batch.counters).map(({ minute, ...row }) => ({ ...row, at: times.minute(minute) })),
    sources: known(batch.sources).map(({ outcome: of, ...row }) => ({
      ...row,
      kind: of === 'allowed' ? 'allowed' : 'refused',
      address: addresses ? row.address : '',
      lastAt: times.moment(row.lastAt),
    })),
    uses: [
      ...known(batch.sources).flatMap(({ token: used, account, outcome: of, ...row }): UseRow[] => {
        if (used === null || account === null) return [];
        const { service, origin, client } = row;
        const kind = of === 'allowed' ? 'allowed' : 'refused';
        const at = times.moment(row.lastAt);
        return [{ token: used, account, kind, at, outcome: of, service, origin, client }];
      }),
      ...known(batch.exposures).flatMap(({ account, at, ...row }): UseRow[] =>
        account === null
          ? []
          : [{ ...row, account, at: times.moment(at), kind: 'exposed', outcome: 'allowed' }],
      ),
    ],
    refusals: known(batch.refusals).map(({ requestId, at, account, token: of, ...detail }) => ({
      requestId,
      at: times.moment(at),
      account,
      token: of,
      reporter: batch.reporter,
      detail: JSON.stringify(detail),
    })),
  });
  const unknownTokens = [...named].filter((id) => !accounts.has(id));
  return { taken: outcome === 'taken', serverTime: now, unknownTokens, addresses };
}

function accountOf(token: TokenId | null, accounts: ReadonlyMap<TokenId, AccountName>): AccountName | null {
  return token === null ? null : (accounts.get(token) ?? null);
}
