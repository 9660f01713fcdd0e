import type { Grant, StepUpClass } from '@latchkey/core';
import { contains, usageOf } from '@latchkey/core';
import { callerContext, rotationEntry, tokenEntry } from '../audit/audit-entry.ts';
import type { RotationRow, TokenRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import { changeOutcome } from '../tokens/change-outcome.ts';
import { currentCaller, refuseCaller } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import { findOwn } from '../tokens/find-own.ts';
import { grantOfRow } from '../tokens/grant-of-row.ts';
import { readRepeatable, remembering, replayed } from '../tokens/idempotency.ts';
import { mintToken } from '../tokens/mint-token.ts';
import type { Outcome, Refused } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';
import { refuseExpiry } from '../tokens/read-expiry.ts';
import { readScopes } from '../tokens/read-scopes.ts';
import { refuseTemporary } from '../tokens/refuse-temporary.ts';
import { refuseWider } from '../tokens/refuse-wider.ts';
import { revokeRows } from '../tokens/revoke-rows.ts';
import { refuseWithoutStepUp } from '../tokens/step-up.ts';
import { underwayWith } from './find-rotation.ts';
import { dueAfter, quietMsOf, type RotationTermInput, readTerm } from './term.ts';

export interface RotateTokenInput extends RotationTermInput {
  readonly account: string;
  readonly id: string;
  /** Unix milliseconds, of the successor; null: never; not sent: when the old one expires. */
  readonly expires?: number | null | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** `replayed`: the idempotency key was used before for this very request; the text is never told again. */
export type RotatedToken =
  | {
      readonly replayed: false;
      readonly token: TokenRow;
      readonly text: string;
      readonly rotation: RotationRow;
    }
  | { readonly replayed: true; readonly token: TokenRow; readonly rotation: RotationRow | undefined };

/**
 * Makes a successor with the rights of a token, which goes on working until it is retired: after a grace time, or once
 * nobody uses it. Counts as creating: needs `tokens:write` and a caller who may give the whole successor. The
 * successor of the default token is the default at once. Temporary tokens of the old one live as long as it does.
 */
export async function rotateToken(
  deps: Deps,
  caller: Caller,
  input: RotateTokenInput,
): Promise<Outcome<RotatedToken>> {
  const early = refuseCaller(caller, input.account, 'tokens:write') ?? refuseTemporary(caller);
  if (early !== undefined) return early;
  const term = readTerm(input);
  if (!term.ok) return term;
  const repeatable = readRepeatable(deps.hash, caller, 'rotate-token', input);
  if (!repeatable.ok) return repeatable;

  let after = 0;
  const outcome = await changeOutcome<RotatedToken>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentCaller(changes, caller, 'tokens:write', at);
    if (!current.ok) return current;
    const before = await replayed(changes, repeatable.value);
    if (!before.ok) return before;
    if (before.value !== undefined) {
      const rotation = await changes.rotationTo(before.value.id);
      return done({ replayed: true, token: before.value, rotation });
    }
    const found = await findOwn(changes, current.value.account.name, input.id);
    if (!found.ok) return found;
    const old = found.value;
    const underway = await underwayWith(changes, old.id);
    const wanted = readWanted(deps, current.value, old, underway, input, at);
    if (!wanted.ok) return wanted;

    const { row, text } = mintToken(deps, {
      ...wanted.value,
      account: old.account,
      note: old.note,
      at,
      kind:
        old.usage === 'pk'
          ? { usage: 'pk', isDefault: old.isDefault, replaces: old.id }
          : { usage: 'sk', replaces: old.id },
    });
    const context = callerContext(caller, at);
    const isAtOnce = term.value.kind === 'grace' && term.value.graceMs === 0;
    const rotation: RotationRow = {
      token: old.id,
      successor: row.id,
      account: old.account,
      startedAt: at,
      quietMs: quietMsOf(term.value),
      dueAt: dueAfter(at, term.value),
      waitsFor: [],
      endedAt: isAtOnce ? at : null,
    };
    const aside: TokenRow = { ...old, isDefault: false, modifiedAt: at };
    if (old.isDefault) {
      // First, because an account has one default token.
      changes.putTokenQuietly(aside);
      changes.audit(tokenEntry(context, 'token.update', old, aside));
    }
    changes.putToken(row);
    changes.audit(tokenEntry(context, 'token.create', null, row));
    changes.putRotation(rotation);
    changes.audit(rotationEntry(context, 'rotation.begin', null, { ...rotation, endedAt: null }));
    if (isAtOnce) {
      // The successor goes ahead: verifiers know it before they refuse the old one.
      const fallen = revokeRows(changes, context, [aside, ...(await changes.descendants(old.id))]);
      changes.audit(rotationEntry(context, 'rotation.end', { ...rotation, endedAt: null }, rotation));
      after = fallen.length;
    }
    if (repeatable.value !== undefined) changes.remember(remembering(repeatable.value, row.id, at));
    return done({ replayed: false, token: row, text, rotation });
  });
  if (!outcome.ok || outcome.revision === null) return outcome;
  const token = { ...outcome.value.token, revision: outcome.revision - after };
  return { ...outcome, value: { ...outcome.value, token } };
}

/** What the successor is to be, or why there is none. */
function readWanted(
  { catalogue }: Pick<Deps, 'catalogue'>,
  caller: Caller,
  old: TokenRow,
  underway: RotationRow | undefined,
  input: RotateTokenInput,
  now: number,
): Outcome<Grant> {
  const fixed = refuseTemporaryToken(old) ?? refuseUnderway(old, underway);
  if (fixed !== undefined) return fixed;
  // What the successor gets is granted now.
  const scopes = readScopes(old.scopes, caller.account, catalogue);
  if (!scopes.ok || (old.usage === 'pk' && usageOf(scopes.value, catalogue) !== 'pk')) {
    const detail =
      'The token has a scope that it would not be given today, so that its successor cannot have it. Take it from the token first.';
    return refused({ code: 'scopes_invalid', detail, field: 'scopes' });
  }
  const expires = input.expires === undefined ? old.expires : input.expires;
  const grant: Grant = { ...grantOfRow(old), scopes: scopes.value, expires };
  const refusal =
    refuseDefaultExpiry(old, expires) ??
    refuseExpiry(expires, now) ??
    refuseWider(caller, grant, catalogue) ??
    refuseWithoutStepUp(caller, stepUpOf(old, grant), now);
  return refusal ?? done(grant);
}

/** A public token's text is no secret, and as long as it is not given more, its successor is what anybody knows. */
function stepUpOf(old: TokenRow, grant: Grant): StepUpClass | undefined {
  if (old.usage !== 'pk') return 'secrets';
  return contains(grantOfRow(old), grant).contained ? undefined : 'widening';
}

function refuseTemporaryToken({ usage }: TokenRow): Refused | undefined {
  if (usage !== 'tk') return undefined;
  const detail = 'A temporary token ends within the hour, and its text states when: make another one.';
  return refused({ code: 'token_is_temporary', detail, field: 'id' });
}

function refuseUnderway(old: TokenRow, underway: RotationRow | undefined): Refused | undefined {
  if (underway === undefined) return undefined;
  const detail =
    underway.token === old.id
      ? `The token is being replaced by ${underway.successor} already. Undo that first, or revoke this one to retire it now.`
      : `The token is to replace ${underway.token}, which still works. Undo that first, or revoke ${underway.token} to retire it now.`;
  return refused({ code: 'rotation_underway', detail, field: 'id' });
}

function refuseDefaultExpiry({ isDefault }: TokenRow, expires: number | null): Refused | undefined {
  if (!isDefault || expires === null) return undefined;
  return refused({ code: 'expires_invalid', detail: 'The default token does not expire.', field: 'expires' });
}
