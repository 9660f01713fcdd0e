import type { TokenId } from '@latchkey/core';
import { parseTokenId } from '@latchkey/core';
import { callerContext, rotationEntry, tokenEntry } from '../audit/audit-entry.ts';
import type { TokenRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import { changeOutcome } from '../tokens/change-outcome.ts';
import { currentCaller, refuseCaller } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import { findOwn } from '../tokens/find-own.ts';
import { grantOfRow } from '../tokens/grant-of-row.ts';
import type { Outcome, Refused } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';
import { refuseTemporary } from '../tokens/refuse-temporary.ts';
import { refuseWider } from '../tokens/refuse-wider.ts';
import { idsOf, revokeRows } from '../tokens/revoke-rows.ts';
import { refuseWithoutStepUp } from '../tokens/step-up.ts';
import { findUnderway } from './find-rotation.ts';

export interface UndoRotationInput {
  readonly account: string;
  /** Of either token. */
  readonly id: string;
  /** What becomes of the successor. Not sent: it is revoked, unless it is known to be in use. */
  readonly successor?: 'revoke' | 'keep' | undefined;
}

export interface UndoneRotation {
  /** The old token, which stays. */
  readonly token: TokenRow;
  readonly successor: TokenRow;
  /** Temporary tokens that the successor had made, which fell with it. */
  readonly revokedTemporary: readonly TokenId[];
}

/**
 * Ends a rotation before the old token is retired: that one stays, as default token where it was that, and the successor
 * is revoked, or kept as a token of its own; where it was used already, the caller has to say which. Lifts an end that was set, so that it needs `tokens:write`, a caller
 * who may give the whole old one and, of a member, the step-up `widening`.
 */
export async function undoRotation(
  deps: Pick<Deps, 'store' | 'now' | 'catalogue'>,
  caller: Caller,
  input: UndoRotationInput,
): Promise<Outcome<UndoneRotation>> {
  const early = refuseCaller(caller, input.account, 'tokens:write') ?? refuseTemporary(caller);
  if (early !== undefined) return early;
  const used = input.successor === undefined ? await refuseUsed(deps, caller, input.id) : undefined;
  if (used !== undefined) return used;
  return changeOutcome<UndoneRotation>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentCaller(changes, caller, 'tokens:write', at);
    if (!current.ok) return current;
    const found = await findOwn(changes, current.value.account.name, input.id);
    if (!found.ok) return found;
    const rotation = await findUnderway(changes, found.value.id);
    if (!rotation.ok) return rotation;
    const old = await changes.token(rotation.value.token);
    const successor = await changes.token(rotation.value.successor);
    if (old === undefined || successor === undefined)
      throw new Error('a rotation of a token that is not there');
    const wider =
      refuseWider(current.value, grantOfRow(old), deps.catalogue) ??
      refuseWithoutStepUp(current.value, 'widening', at);
    if (wider !== undefined) return wider;

    const context = callerContext(caller, at);
    const aside: TokenRow = { ...successor, isDefault: false, modifiedAt: at };
    let revoked: readonly TokenRow[] = [];
    if (input.successor !== 'keep') {
      revoked = revokeRows(changes, context, [successor, ...(await changes.descendants(successor.id))]);
    } else if (successor.isDefault) {
      changes.putTokenQuietly(aside);
      changes.audit(tokenEntry(context, 'token.update', successor, aside));
    }
    const token: TokenRow = successor.isDefault ? { ...old, isDefault: true, modifiedAt: at } : old;
    if (successor.isDefault) {
      changes.putTokenQuietly(token);
      changes.audit(tokenEntry(context, 'token.update', old, token));
    }
    changes.dropRotation(old.id);
    changes.audit(rotationEntry(context, 'rotation.undo', rotation.value, null));
    const [ended = successor.isDefault ? aside : successor, ...fallen] = revoked;
    return done({ token, successor: ended, revokedTemporary: idsOf(fallen) });
  });
}

/** Somebody depends on it: that is not ended in passing. Uses that are not reported yet are not known. */
async function refuseUsed(
  { store }: Pick<Deps, 'store'>,
  { account }: Caller,
  id: string,
): Promise<Refused | undefined> {
  const parsed = parseTokenId(id);
  const rotation = parsed && (await store.rotationUnderway(parsed));
  if (rotation?.account !== account.name) return undefined;
  const { successor } = rotation;
  const use = (await store.lastUses([successor])).find(({ kind }) => kind === 'allowed');
  if (use === undefined) return undefined;
  const by = use.origin === '' ? use.client : use.origin;
  const detail = `The successor ${successor} is in use already${by === '' ? '' : ` (${by})`}. Say whether it is to be revoked or kept.`;
  return refused({ code: 'successor_in_use', detail, field: 'successor' });
}
