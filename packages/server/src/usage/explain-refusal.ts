import type { ReportedRefusal } from '@latchkey/wire/feed';
import type { TokenRow } from '../store/rows.ts';
import type { TokenStore } from '../store/store.ts';
import type { RefusalRow, UsageStore } from '../store/usage-store.ts';
import type { Caller } from '../tokens/caller.ts';
import { refuseCaller } from '../tokens/check-caller.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';

export interface ExplainedRefusal {
  readonly row: RefusalRow;
  readonly refusal: Omit<ReportedRefusal, 'requestId' | 'at' | 'token'>;
  /** Undefined: no token was known, or it is forgotten. */
  readonly token: TokenRow | undefined;
}

/**
 * Why a request was refused, by the id that was answered with the refusal. Needs `tokens:read`, and the account of the token
 * or the operator's; where no token was known, the operator's.
 */
export async function explainRefusal(
  { store }: { readonly store: Pick<UsageStore, 'refusal'> & Pick<TokenStore, 'token'> },
  caller: Caller,
  requestId: string,
): Promise<Outcome<ExplainedRefusal>> {
  const early = refuseCaller(caller, caller.account.name, 'tokens:read');
  if (early !== undefined) return early;
  const row = await store.refusal(requestId);
  const { kind, name } = caller.account;
  if (row === undefined || (kind !== 'operator' && row.account !== name)) {
    const detail = 'No refusal of this request is known here. Verifiers report theirs every ten seconds.';
    return refused({ code: 'refusal_not_found', detail, field: 'requestId' });
  }
  const token = row.token === null ? undefined : await store.token(row.token);
  // Written by take-batch, from a batch that was read as such.
  const refusal: ExplainedRefusal['refusal'] = JSON.parse(row.detail);
  return done({ row, refusal, token });
}
