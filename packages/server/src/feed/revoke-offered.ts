import type { OfferedTombstone } from '@latchkey/wire/feed';
import { tokenEntry } from '../audit/audit-entry.ts';
import type { TokenRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Deps } from '../tokens/deps.ts';
import { revokeRows } from '../tokens/revoke-rows.ts';
import { successorOf } from '../tokens/successor-of.ts';

/**
 * Revokes tokens that a verifier holds tombstones of and that live here: the database went back in time, and a
 * revocation only ever grows. Temporary tokens fall with their parents, and a default token gets a successor. An offer
 * whose id and digest do not belong together is ignored. Answers the tokens that it revoked.
 */
export async function revokeOffered(
  deps: Pick<Deps, 'randomBytes' | 'hash' | 'now' | 'catalogue'> & { readonly store: Pick<Store, 'change'> },
  offered: readonly OfferedTombstone[],
  { verifier, requestId }: { readonly verifier: string; readonly requestId: string },
): Promise<readonly TokenRow[]> {
  const committed = await deps.store.change(async (changes) => {
    const ended = new Map<string, TokenRow>();
    for (const { id, digest } of offered) {
      const row = await changes.token(id);
      if (row === undefined || row.digest !== digest || row.status === 'revoked') continue;
      ended.set(row.id, row);
      for (const child of await changes.descendants(row.id)) ended.set(child.id, child);
    }
    const actor = { kind: 'system', name: `tombstone of verifier ${verifier}` } as const;
    const context = { actor, at: deps.now(), requestId };
    const revoked = revokeRows(changes, context, [...ended.values()]);
    for (const row of ended.values()) {
      if (!row.isDefault) continue;
      const successor = successorOf(deps, row, context.at);
      changes.putToken(successor);
      changes.audit(tokenEntry(context, 'token.create', null, successor));
    }
    return revoked;
  });
  return committed.value;
}
