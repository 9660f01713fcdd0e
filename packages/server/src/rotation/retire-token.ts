import { type AuditContext, rotationEntry } from '../audit/audit-entry.ts';
import type { RotationRow, RotationWait, TokenRow } from '../store/rows.ts';
import type { ChangeStore, Changes } from '../store/store.ts';
import { revokeRows } from '../tokens/revoke-rows.ts';
import { settleRotations } from '../tokens/settle-rotations.ts';

/** What a look at a rotation has found. */
export type Verdict =
  | { readonly kind: 'retire' }
  /** `lookAt`: the next time, unix milliseconds. */
  | { readonly kind: 'wait'; readonly waitsFor: readonly RotationWait[]; readonly lookAt: number };

/** What has become of it: `stale` where the rotation is another by now, and has to be looked at anew. */
export type Retirement = 'retired' | 'postponed' | 'stale';

const LOOK_AGAIN_MS = 60_000;

/**
 * Carries out what a look at the rotation `looked` has found, in one change. Whatever was changed, undone or revoked since the
 * look makes it void. Never ends a token while its successor does not work.
 */
export async function retireToken(
  deps: { readonly store: Pick<ChangeStore, 'change'>; readonly now: () => number },
  looked: RotationRow,
  verdict: Verdict,
): Promise<Retirement> {
  const { value } = await deps.store.change(async (changes): Promise<Retirement> => {
    const at = deps.now();
    const current = await changes.rotation(looked.token);
    if (current === undefined || JSON.stringify(current) !== JSON.stringify(looked)) return 'stale';
    if (current.endedAt !== null || current.dueAt > at) return 'stale';
    const context = { actor: { kind: 'system', name: 'rotation' }, at, requestId: 'rotation' } as const;
    const old = await changes.token(current.token);
    const successor = await changes.token(current.successor);
    const revoked = [old, successor].filter((row) => row !== undefined).filter(isRevoked);
    if (old === undefined || successor === undefined || revoked.length > 0) {
      // Whoever revoked it should have settled this in the same change.
      await settleRotations(changes, context, revoked, new Map());
      return 'stale';
    }
    if (verdict.kind === 'wait') return postpone(changes, context, current, verdict);
    if (hasExpired(successor, at) && !hasExpired(old, at)) {
      const waitsFor = [{ kind: 'successor_expired' }] as const;
      return postpone(changes, context, current, { kind: 'wait', waitsFor, lookAt: at + LOOK_AGAIN_MS });
    }
    revokeRows(changes, context, [old, ...(await changes.descendants(old.id))]);
    const ended: RotationRow = { ...current, waitsFor: [], endedAt: at };
    changes.putRotation(ended);
    changes.audit(rotationEntry(context, 'rotation.end', current, ended));
    return 'retired';
  });
  return value;
}

/** The audit log is told when a rotation begins to wait for something else, not at each look. */
function postpone(
  changes: Pick<Changes, 'putRotation' | 'audit'>,
  context: AuditContext,
  current: RotationRow,
  { waitsFor, lookAt }: Extract<Verdict, { kind: 'wait' }>,
): 'postponed' {
  const after: RotationRow = { ...current, waitsFor, dueAt: lookAt };
  changes.putRotation(after);
  if (kindsOf(waitsFor) !== kindsOf(current.waitsFor)) {
    changes.audit(rotationEntry(context, 'rotation.postpone', current, after));
  }
  return 'postponed';
}

function kindsOf(waitsFor: readonly RotationWait[]): string {
  return waitsFor.map(({ kind }) => kind).join(' ');
}

function isRevoked({ status }: TokenRow): boolean {
  return status === 'revoked';
}

function hasExpired({ expires }: TokenRow, now: number): boolean {
  return expires !== null && expires <= now;
}
