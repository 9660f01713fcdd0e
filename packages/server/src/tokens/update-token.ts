import type { Grant, Scope, TokenId, UrlWarning } from '@latchkey/core';
import { contains, usageOf } from '@latchkey/core';
import { callerContext, tokenEntry } from '../audit/audit-entry.ts';
import type { TokenRow } from '../store/rows.ts';
import type { Caller } from './caller.ts';
import { changeOutcome } from './change-outcome.ts';
import { currentCaller, refuseCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import { findOwn } from './find-own.ts';
import { grantOfRow } from './grant-of-row.ts';
import type { Outcome, Refused } from './outcome.ts';
import { done, refused } from './outcome.ts';
import { outgrown } from './outgrown.ts';
import { refuseExpiry } from './read-expiry.ts';
import { refuseNote } from './read-note.ts';
import { readRestrictions } from './read-restrictions.ts';
import { readScopes } from './read-scopes.ts';
import { refuseWider } from './refuse-wider.ts';
import type { RestrictionInput } from './restriction-input.ts';
import { idsOf, revokeRows } from './revoke-rows.ts';
import { refuseWithoutStepUp } from './step-up.ts';

/** Only what is sent changes; `undefined` is "not sent", `null` lifts. */
export interface UpdateTokenInput extends RestrictionInput {
  readonly account: string;
  readonly id: string;
  readonly note?: string | null | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** Unix milliseconds. */
  readonly expires?: number | null | undefined;
}

export interface UpdatedToken {
  readonly token: TokenRow;
  readonly warnings: readonly UrlWarning[];
  /** Temporary tokens that were revoked because the narrowed token no longer contains them. */
  readonly revokedTemporary: readonly TokenId[];
}

/**
 * Changes a token in place; its text stays. Narrowing needs `tokens:write`; a result that the token's own grant does not
 * contain needs a caller who may give the whole of it and, of a member, the step-up `widening`. Nothing to change is an answer, not a refusal.
 */
export async function updateToken(
  deps: Deps,
  caller: Caller,
  input: UpdateTokenInput,
): Promise<Outcome<UpdatedToken>> {
  const early = refuseCaller(caller, input.account, 'tokens:write') ?? refuseNote(input.note);
  if (early !== undefined) return early;
  const outcome = await changeOutcome<UpdatedToken>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentCaller(changes, caller, 'tokens:write', at);
    if (!current.ok) return current;
    const found = await findOwn(changes, current.value.account.name, input.id);
    if (!found.ok) return found;
    const row = found.value;
    const wanted = readWanted(deps, current.value, row, input, at);
    if (!wanted.ok) return wanted;
    const { grant, warnings } = wanted.value;

    const note = input.note === undefined ? row.note : input.note;
    const sameGrant = isSame(grantOfRow(row), grant);
    if (sameGrant && note === row.note) return done({ token: row, warnings, revokedTemporary: [] });
    const token: TokenRow = { ...row, ...grant, note, modifiedAt: at };
    const context = callerContext(caller, at);
    changes.audit(tokenEntry(context, 'token.update', row, token));
    if (sameGrant) {
      changes.putTokenQuietly(token);
      return done({ token, warnings, revokedTemporary: [] });
    }
    changes.putToken(token);
    const fallen = revokeRows(changes, context, outgrown(token, await changes.descendants(token.id)));
    return done({ token, warnings, revokedTemporary: idsOf(fallen) });
  });
  return outcome.ok ? { ...outcome, value: stamped(outcome.value, outcome.revision) } : outcome;
}

/** What the token is to be, or why not. */
function readWanted(
  { catalogue, appSchemes }: Deps,
  caller: Caller,
  row: TokenRow,
  input: UpdateTokenInput,
  now: number,
): Outcome<{ readonly grant: Grant; readonly warnings: readonly UrlWarning[] }> {
  const fixed = refuseTemporary(row);
  if (fixed !== undefined) return fixed;
  const scopes =
    input.scopes === undefined
      ? done(row.scopes)
      : readScopes(input.scopes, caller.account, catalogue, row.scopes);
  if (!scopes.ok) return scopes;
  const read = readRestrictions(input, row.restrictions, appSchemes);
  if (!read.ok) return read;
  const expires = input.expires === undefined ? row.expires : input.expires;
  const grant: Grant = { scopes: scopes.value, restrictions: read.value.restrictions, expires };

  const added = grant.scopes.filter((scope) => !row.scopes.includes(scope));
  const refusal =
    refuseAddedScopes(row, added, usageOf(added, catalogue)) ??
    (expires === row.expires
      ? undefined
      : (refuseDefaultExpiry(row, expires) ?? refuseExpiry(expires, now))) ??
    (contains(grantOfRow(row), grant).contained
      ? undefined
      : (refuseWider(caller, grant, catalogue) ?? refuseWithoutStepUp(caller, 'widening', now)));
  return refusal ?? done({ grant, warnings: read.value.warnings });
}

function refuseTemporary({ usage }: TokenRow): Refused | undefined {
  if (usage !== 'tk') return undefined;
  const detail = 'A temporary token cannot be changed, because its text states what it may do.';
  return refused({ code: 'token_is_temporary', detail, field: 'id' });
}

function refuseAddedScopes(row: TokenRow, added: readonly Scope[], usage: 'pk' | 'sk'): Refused | undefined {
  if (added.length === 0) return undefined;
  if (row.usage === 'pk' && usage !== 'pk') {
    const detail = 'A public token may only get public scopes.';
    return refused({ code: 'scopes_invalid', detail, field: 'scopes' });
  }
  // A secret token was made with scopes. The default token is public for good, so that it may come back from having none.
  if (row.scopes.length > 0 || row.usage === 'sk' || row.isDefault) return undefined;
  return refused({
    code: 'scopes_invalid',
    detail: 'A token without scopes can get none later.',
    field: 'scopes',
  });
}

/** An account would otherwise be left without its default token, unnoticed. */
function refuseDefaultExpiry({ isDefault }: TokenRow, expires: number | null): Refused | undefined {
  if (!isDefault || expires === null) return undefined;
  return refused({ code: 'expires_invalid', detail: 'The default token does not expire.', field: 'expires' });
}

function isSame(a: Grant, b: Grant): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The token was put first, the temporary ones after it. */
function stamped(value: UpdatedToken, last: number | null): UpdatedToken {
  if (last === null) return value;
  return { ...value, token: { ...value.token, revision: last - value.revokedTemporary.length } };
}
