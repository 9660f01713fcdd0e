import type { TokenRow } from '../store/rows.ts';
import type { TokenStore } from '../store/store.ts';
import type { UsageStore, UseRow, UserOfToken } from '../store/usage-store.ts';
import type { Caller } from '../tokens/caller.ts';
import { refuseCaller } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import { getToken } from '../tokens/get-token.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done } from '../tokens/outcome.ts';

export interface TokenUsers {
  readonly token: TokenRow;
  readonly uses: readonly UseRow[];
  /** Unix milliseconds: the beginning of a day. */
  readonly since: number;
  readonly users: readonly UserOfToken[];
}

const DAY_MS = 24 * 3600 * 1000;
const USERS_LIMIT = 200;

/** Who used a token of the caller's account in the last `days`, newest first. Needs `statistics:read` and `tokens:read`. */
export async function tokenUsers(
  deps: Pick<Deps, 'store' | 'now'> & { readonly store: TokenStore & UsageStore },
  caller: Caller,
  { id, days }: { readonly id: string; readonly days: number },
): Promise<Outcome<TokenUsers>> {
  const early = refuseCaller(caller, caller.account.name, 'statistics:read');
  if (early !== undefined) return early;
  const found = await getToken(deps, caller, { account: caller.account.name, id });
  if (!found.ok) return found;
  const token = found.value;
  const since = (Math.floor(deps.now() / DAY_MS) - days + 1) * DAY_MS;
  const [uses, users] = await Promise.all([
    deps.store.lastUses([token.id]),
    deps.store.usesOf({ token: token.id, since, limit: USERS_LIMIT }),
  ]);
  return done({ token, uses, since, users });
}
