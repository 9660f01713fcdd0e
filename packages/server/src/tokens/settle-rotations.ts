import type { TokenId } from '@latchkey/core';
import { type AuditContext, rotationEntry } from '../audit/audit-entry.ts';
import type { TokenRow } from '../store/rows.ts';
import type { Changes } from '../store/store.ts';

/**
 * Keeps rotations true to a revocation, in the same change. Where the old token is revoked, it is retired by that. Where
 * its successor is, the old one stays: nothing else would work. A default token that is followed by yet another one
 * hands the rotation on to that.
 *
 * @param successors what follows those of `revoked` that were their account's default
 */
export async function settleRotations(
  changes: Pick<Changes, 'rotation' | 'rotationTo' | 'putRotation' | 'dropRotation' | 'audit'>,
  context: AuditContext,
  revoked: readonly TokenRow[],
  successors: ReadonlyMap<TokenId, TokenRow>,
): Promise<void> {
  // Temporary tokens are never rotated, and an old token may have made very many.
  const ids = new Set(revoked.flatMap(({ id, usage }) => (usage === 'tk' ? [] : [id])));
  for (const id of ids) {
    const from = await changes.rotation(id);
    if (from?.endedAt === null) {
      const ended = { ...from, waitsFor: [], endedAt: context.at };
      changes.putRotation(ended);
      changes.audit(rotationEntry(context, 'rotation.end', from, ended));
    }
    const to = await changes.rotationTo(id);
    if (to === undefined || to.endedAt !== null || ids.has(to.token)) continue;
    const next = successors.get(id);
    if (next === undefined) {
      changes.dropRotation(to.token);
      changes.audit(rotationEntry(context, 'rotation.undo', to, null));
    } else {
      const handedOn = { ...to, successor: next.id };
      changes.putRotation(handedOn);
      changes.audit(rotationEntry(context, 'rotation.change', to, handedOn));
    }
  }
}
