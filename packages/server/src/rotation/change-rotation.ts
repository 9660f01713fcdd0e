import { callerContext, rotationEntry } from '../audit/audit-entry.ts';
import type { RotationRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import { changeOutcome } from '../tokens/change-outcome.ts';
import { currentCaller, refuseCaller } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import { findOwn } from '../tokens/find-own.ts';
import { grantOfRow } from '../tokens/grant-of-row.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done } from '../tokens/outcome.ts';
import { refuseTemporary } from '../tokens/refuse-temporary.ts';
import { refuseWider } from '../tokens/refuse-wider.ts';
import { refuseWithoutStepUp } from '../tokens/step-up.ts';
import { findUnderway } from './find-rotation.ts';
import { dueAfter, quietMsOf, type RotationTermInput, readTerm } from './term.ts';

export interface ChangeRotationInput extends RotationTermInput {
  readonly account: string;
  /** Of either token. */
  readonly id: string;
}

/**
 * Sets another term, counted from now. Needs `tokens:write`; where the old token may then live longer than it
 * would have, also a caller who may give the whole of it and, of a member, the step-up `widening`.
 */
export async function changeRotation(
  deps: Pick<Deps, 'store' | 'now' | 'catalogue'>,
  caller: Caller,
  input: ChangeRotationInput,
): Promise<Outcome<RotationRow>> {
  const early = refuseCaller(caller, input.account, 'tokens:write') ?? refuseTemporary(caller);
  if (early !== undefined) return early;
  const term = readTerm(input);
  if (!term.ok) return term;
  return changeOutcome<RotationRow>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentCaller(changes, caller, 'tokens:write', at);
    if (!current.ok) return current;
    const found = await findOwn(changes, current.value.account.name, input.id);
    if (!found.ok) return found;
    const underway = await findUnderway(changes, found.value.id);
    if (!underway.ok) return underway;
    const before = underway.value;
    const after: RotationRow = {
      ...before,
      quietMs: quietMsOf(term.value),
      dueAt: dueAfter(at, term.value),
      waitsFor: [],
    };
    const isSooner = after.quietMs === null && after.dueAt <= before.dueAt;
    const old = await changes.token(before.token);
    if (old === undefined) throw new Error('a rotation of a token that is not there');
    const wider = isSooner
      ? undefined
      : (refuseWider(current.value, grantOfRow(old), deps.catalogue) ??
        refuseWithoutStepUp(current.value, 'widening', at));
    if (wider !== undefined) return wider;
    changes.putRotation(after);
    changes.audit(rotationEntry(callerContext(caller, at), 'rotation.change', before, after));
    return done(after);
  });
}
