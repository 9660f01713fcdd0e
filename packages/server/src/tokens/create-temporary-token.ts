import type { Grant, Restriction, UrlWarning } from '@latchkey/core';
import { callerContext, tokenEntry } from '../audit/audit-entry.ts';
import type { TokenCaller } from './caller.ts';
import { changeOutcome } from './change-outcome.ts';
import { currentToken, refuseCaller } from './check-caller.ts';
import { type CreatedToken, withRevision } from './create-token.ts';
import type { Deps } from './deps.ts';
import { readRepeatable, remembering, replayed } from './idempotency.ts';
import { mintToken } from './mint-token.ts';
import type { Outcome, Refused } from './outcome.ts';
import { done, refused } from './outcome.ts';
import { refuseExpiry } from './read-expiry.ts';
import { refuseNote } from './read-note.ts';
import { readRestrictions } from './read-restrictions.ts';
import { readScopes } from './read-scopes.ts';
import { refuseWider } from './refuse-wider.ts';

const LONGEST_LIFE_MS = 3600 * 1000;
const CLOCK_TOLERANCE_MS = 30 * 1000;
/** A temporary token's text states its scopes; with more than this it would outgrow a header line. */
const SCOPES_TEXT_LIMIT = 5500;

export interface CreateTemporaryTokenInput {
  readonly account: string;
  readonly scopes: readonly string[];
  /** Unix milliseconds. */
  readonly expires: number;
  readonly note?: string | null | undefined;
  /** May only narrow what the creator's own restriction allows; `null` and not sent: the creator's. */
  readonly allowedUrls?: readonly string[] | null | undefined;
  readonly idempotencyKey?: string | undefined;
}

/**
 * Makes a token that lives an hour at most, inherits the restrictions of its creator and dies with it. Needs
 * `tokens:write` and a secret or temporary caller.
 */
export async function createTemporaryToken(
  deps: Deps,
  caller: TokenCaller,
  input: CreateTemporaryTokenInput,
): Promise<Outcome<CreatedToken>> {
  const early =
    refuseCaller(caller, input.account, 'tokens:write') ?? refusePublic(caller) ?? refuseNote(input.note);
  if (early !== undefined) return early;
  const repeatable = readRepeatable(deps.hash, caller, 'create-temporary-token', input);
  if (!repeatable.ok) return repeatable;

  const outcome = await changeOutcome<CreatedToken>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentToken(changes, caller, 'tokens:write', at);
    if (!current.ok) return current;
    const before = await replayed(changes, repeatable.value);
    if (!before.ok) return before;
    if (before.value !== undefined) return done({ replayed: true, token: before.value });

    const creator = current.value.token;
    const scopes = readScopes(input.scopes, current.value.account, deps.catalogue);
    if (!scopes.ok) return scopes;
    const inherited = inheritRestrictions(creator.restrictions, input, deps.appSchemes);
    if (!inherited.ok) return inherited;
    const { restrictions, warnings } = inherited.value;
    const wanted: Grant = { scopes: scopes.value, restrictions, expires: input.expires };
    const refusal =
      refuseExpiry(input.expires, at) ??
      refuseLongLife(input.expires, at) ??
      refuseLongText(wanted) ??
      refuseWider(current.value, wanted, deps.catalogue);
    if (refusal !== undefined) return refusal;

    const { row, text } = mintToken(deps, {
      ...wanted,
      account: creator.account,
      note: input.note ?? null,
      at,
      kind: { usage: 'tk', parent: creator.id, expires: input.expires },
    });
    changes.putToken(row);
    changes.audit(tokenEntry(callerContext(caller, at), 'token.create', null, row));
    if (repeatable.value !== undefined) changes.remember(remembering(repeatable.value, row.id, at));
    return done({ replayed: false, token: row, text, warnings });
  });
  return withRevision(outcome);
}

function inheritRestrictions(
  creator: readonly Restriction[],
  { allowedUrls }: CreateTemporaryTokenInput,
  appSchemes: readonly string[],
): Outcome<{ readonly restrictions: readonly Restriction[]; readonly warnings: readonly UrlWarning[] }> {
  if (allowedUrls === null || allowedUrls === undefined) return done({ restrictions: creator, warnings: [] });
  return readRestrictions({ allowedUrls }, creator, appSchemes);
}

function refusePublic({ token }: TokenCaller): Refused | undefined {
  if (token.usage !== 'pk') return undefined;
  return refused({ code: 'caller_is_public', detail: 'A public token makes no temporary tokens.' });
}

function refuseLongLife(expires: number, now: number): Refused | undefined {
  if (expires <= now + LONGEST_LIFE_MS + CLOCK_TOLERANCE_MS) return undefined;
  const detail = 'expires is more than one hour in the future.';
  return refused({ code: 'expires_too_far', detail, field: 'expires' });
}

function refuseLongText({ scopes }: Grant): Refused | undefined {
  if (JSON.stringify(scopes).length <= SCOPES_TEXT_LIMIT) return undefined;
  const detail = 'A temporary token states its scopes in its text, and so many do not fit.';
  return refused({ code: 'scopes_invalid', detail, field: 'scopes' });
}
