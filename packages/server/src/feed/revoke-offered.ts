import type { OfferedTombstone } from '@latchkey/wire/feed';
import type { TokenRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/**
 * Revokes tokens that a verifier holds tombstones of and that live here: the database went back in time, and a
 * revocation only ever grows. Temporary tokens fall with their parents. An offer whose id and digest do not belong
 * together is ignored. Answers the tokens that it revoked.
 */
export async function revokeOffered(
  store: Pick<Store, 'change'>,
  offered: readonly OfferedTombstone[],
  context: { readonly verifier: string; readonly at: number; readonly requestId: string },
): Promise<readonly TokenRow[]> {
  const { at, requestId } = context;
  const committed = await store.change(async (changes) => {
    const ended = new Map<string, TokenRow>();
    for (const { id, digest } of offered) {
      const row = await changes.token(id);
      if (row === undefined || row.digest !== digest || row.status === 'revoked') continue;
      ended.set(row.id, row);
      for (const child of await changes.descendants(row.id)) ended.set(child.id, child);
    }
    for (const row of ended.values()) {
      changes.putToken({ ...row, status: 'revoked', revokedAt: at, modifiedAt: at });
      changes.audit({
        at,
        actor: { kind: 'system', name: `tombstone of verifier ${context.verifier}` },
        action: 'token.revoke',
        account: row.account,
        subject: row.id,
        before: { status: row.status },
        after: { status: 'revoked' },
        requestId,
      });
    }
    return [...ended.values()];
  });
  return committed.value;
}
