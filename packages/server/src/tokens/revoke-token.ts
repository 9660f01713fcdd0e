import type { TokenId } from '@latchkey/core';
import { callerContext, tokenEntry } from '../audit/audit-entry.ts';
import type { TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import { changeOutcome } from './change-outcome.ts';
import { currentCaller, refuseCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import { findOwn } from './find-own.ts';
import { refuseManyAlone } from './lone-revocations.ts';
import type { Outcome } from './outcome.ts';
import { done } from './outcome.ts';
import { idsOf, revokeRows } from './revoke-rows.ts';
import { settleRotations } from './settle-rotations.ts';
import { successorOf } from './successor-of.ts';

export interface RevokeTokenInput {
  readonly account: string;
  readonly id: string;
}

export interface RevokedToken {
  readonly token: TokenRow;
  /** Temporary tokens that fell with it. */
  readonly revokedTemporary: readonly TokenId[];
  /** The new default token, where the default one was revoked. */
  readonly successor: TokenRow | null;
}

/**
 * Ends a token for ever, and with it every temporary token that descends from it. Needs `tokens:write` and nothing else:
 * taking a right away gives none, so a restricted caller may end a wider token, and any caller itself. The default
 * token gets a successor. Of two tokens in a rotation, the other one stays. Of a member, many in a row want the step-up `bulk`.
 */
export async function revokeToken(
  deps: Deps,
  caller: Caller,
  input: RevokeTokenInput,
): Promise<Outcome<RevokedToken>> {
  const early = refuseCaller(caller, input.account, 'tokens:write');
  if (early !== undefined) return early;
  const outcome = await changeOutcome<RevokedToken>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentCaller(changes, caller, 'tokens:write', at);
    if (!current.ok) return current;
    const found = await findOwn(changes, current.value.account.name, input.id);
    if (!found.ok) return found;
    const unproven = await refuseManyAlone(changes, current.value, at);
    if (unproven !== undefined) return unproven;

    const row = found.value;
    const context = callerContext(caller, at);
    const descendants = await changes.descendants(row.id);
    const [token = row, ...fallen] = revokeRows(changes, context, [row, ...descendants]);
    const successor = row.isDefault ? successorOf(deps, row, at) : null;
    if (successor !== null) {
      changes.putToken(successor);
      changes.audit(tokenEntry(context, 'token.create', null, successor));
    }
    const followed = successor === null ? [] : ([[row.id, successor]] as const);
    await settleRotations(changes, context, [row], new Map(followed));
    return done({ token, revokedTemporary: idsOf(fallen), successor });
  });
  return outcome.ok ? { ...outcome, value: stamped(outcome.value, outcome.revision) } : outcome;
}

/** The token was put first, its successor last. */
function stamped(value: RevokedToken, last: number | null): RevokedToken {
  if (last === null) return value;
  const first = last - value.revokedTemporary.length - (value.successor === null ? 0 : 1);
  return {
    ...value,
    token: { ...value.token, revision: first },
    successor: value.successor && { ...value.successor, revision: last },
  };
}
