import type { Grant, UrlWarning } from '@latchkey/core';
import { usageOf } from '@latchkey/core';
import { callerContext, tokenEntry } from '../audit/audit-entry.ts';
import type { TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import { changeOutcome } from './change-outcome.ts';
import { currentCaller, refuseCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import { readRepeatable, remembering, replayed } from './idempotency.ts';
import { mintToken } from './mint-token.ts';
import type { Outcome } from './outcome.ts';
import { done } from './outcome.ts';
import { refuseExpiry } from './read-expiry.ts';
import { refuseNote } from './read-note.ts';
import { readRestrictions } from './read-restrictions.ts';
import { readScopes } from './read-scopes.ts';
import { refuseTemporary } from './refuse-temporary.ts';
import { refuseWider } from './refuse-wider.ts';
import type { RestrictionInput } from './restriction-input.ts';
import { refuseWithoutStepUp } from './step-up.ts';

export interface CreateTokenInput extends RestrictionInput {
  /** The account of the path. Any but the caller's is `account_not_found`. */
  readonly account: string;
  readonly note?: string | null | undefined;
  readonly scopes: readonly string[];
  /** Unix milliseconds. */
  readonly expires?: number | null | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** `replayed`: the idempotency key was used before for this very request; its token is told, its text never again. */
export type CreatedToken =
  | {
      readonly replayed: false;
      readonly token: TokenRow;
      readonly text: string;
      readonly warnings: readonly UrlWarning[];
    }
  | { readonly replayed: true; readonly token: TokenRow };

/**
 * Makes a public or secret token, as its scopes decide. Needs `tokens:write` and a caller who may give the whole
 * of what is asked for; a temporary token makes none. Of a member, a secret token wants the step-up `secrets`.
 */
export async function createToken(
  deps: Deps,
  caller: Caller,
  input: CreateTokenInput,
): Promise<Outcome<CreatedToken>> {
  const early =
    refuseCaller(caller, input.account, 'tokens:write') ?? refuseTemporary(caller) ?? refuseNote(input.note);
  if (early !== undefined) return early;
  const repeatable = readRepeatable(deps.hash, caller, 'create-token', input);
  if (!repeatable.ok) return repeatable;
  const read = readRestrictions(input, [], deps.appSchemes);
  if (!read.ok) return read;
  const { restrictions, warnings } = read.value;

  const outcome = await changeOutcome<CreatedToken>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentCaller(changes, caller, 'tokens:write', at);
    if (!current.ok) return current;
    const before = await replayed(changes, repeatable.value);
    if (!before.ok) return before;
    if (before.value !== undefined) return done({ replayed: true, token: before.value });

    const scopes = readScopes(input.scopes, current.value.account, deps.catalogue);
    if (!scopes.ok) return scopes;
    const wanted: Grant = { scopes: scopes.value, restrictions, expires: input.expires ?? null };
    const usage = usageOf(wanted.scopes, deps.catalogue);
    const refusal =
      refuseExpiry(wanted.expires, at) ??
      refuseWider(current.value, wanted, deps.catalogue) ??
      refuseWithoutStepUp(current.value, usage === 'sk' ? 'secrets' : undefined, at);
    if (refusal !== undefined) return refusal;

    const { row, text } = mintToken(deps, {
      ...wanted,
      account: current.value.account.name,
      note: input.note ?? null,
      at,
      kind: usage === 'pk' ? { usage, isDefault: false, replaces: null } : { usage, replaces: null },
    });
    changes.putToken(row);
    changes.audit(tokenEntry(callerContext(caller, at), 'token.create', null, row));
    if (repeatable.value !== undefined) changes.remember(remembering(repeatable.value, row.id, at));
    return done({ replayed: false, token: row, text, warnings });
  });
  return withRevision(outcome);
}

/** The row as it is stored: with the revision that the commit gave it. */
export function withRevision(outcome: Outcome<CreatedToken>): Outcome<CreatedToken> {
  if (!outcome.ok || outcome.revision === null) return outcome;
  const token = { ...outcome.value.token, revision: outcome.revision };
  return { ...outcome, value: { ...outcome.value, token } };
}
