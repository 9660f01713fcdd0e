import type { TokenId } from '@latchkey/core';
import { tokenEntry } from '../audit/audit-entry.ts';
import type { TokenRow, Tombstone } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { revokeRows } from './revoke-rows.ts';
import { settleRotations } from './settle-rotations.ts';
import { successorOf } from './successor-of.ts';

/**
 * Revokes tokens that live here although something proves that they were revoked: the database went back in time, and a
 * revocation only ever grows. Temporary tokens fall with their parents, and a default token gets a successor. A
 * tombstone whose id and digest do not belong together is ignored. Answers the tokens that it revoked.
 *
 * @param witness who had kept the proof; stands in the audit log
 */
export async function revokeAgain(
  deps: Pick<Deps, 'randomBytes' | 'hash' | 'now' | 'catalogue'> & { readonly store: Pick<Store, 'change'> },
  tombstones: readonly Tombstone[],
  { witness, requestId }: { readonly witness: string; readonly requestId: string },
): Promise<readonly TokenRow[]> {
  const committed = await deps.store.change(async (changes) => {
    const ended = new Map<string, TokenRow>();
    for (const { id, digest } of tombstones) {
      const row = await changes.token(id);
      if (row === undefined || row.digest !== digest || row.status === 'revoked') continue;
      ended.set(row.id, row);
      for (const child of await changes.descendants(row.id)) ended.set(child.id, child);
    }
    const context = { actor: { kind: 'system', name: witness }, at: deps.now(), requestId } as const;
    const revoked = revokeRows(changes, context, [...ended.values()]);
    const successors = new Map<TokenId, TokenRow>();
    for (const row of ended.values()) {
      if (!row.isDefault) continue;
      const successor = successorOf(deps, row, context.at);
      changes.putToken(successor);
      changes.audit(tokenEntry(context, 'token.create', null, successor));
      successors.set(row.id, successor);
    }
    await settleRotations(changes, context, [...ended.values()], successors);
    return revoked;
  });
  return committed.value;
}
