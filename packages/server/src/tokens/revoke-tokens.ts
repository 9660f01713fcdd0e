import type { TokenId } from '@latchkey/core';
import { callerContext, tokenEntry } from '../audit/audit-entry.ts';
import type { TokenRow } from '../store/rows.ts';
import type { Changes } from '../store/store.ts';
import type { UsageStore, UseRow } from '../store/usage-store.ts';
import type { Caller } from './caller.ts';
import { changeOutcome } from './change-outcome.ts';
import { currentCaller, refuseCaller } from './check-caller.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';
import { done, refused } from './outcome.ts';
import { revokeRows } from './revoke-rows.ts';
import { type SelectedTokens, selectTokens, type TokenSelection } from './select-tokens.ts';
import { settleRotations } from './settle-rotations.ts';
import { refuseWithoutStepUp } from './step-up.ts';
import { successorOf } from './successor-of.ts';

export interface RevokeTokensInput {
  readonly selection: TokenSelection;
  /** At most so many by one call. */
  readonly limit: number;
  readonly dryRun: boolean;
  /** How many the dry run has told; another number now is `selection_changed`. */
  readonly expected?: number | undefined;
}

export interface RevokedTokens extends SelectedTokens {
  /** Temporary tokens that fall with them. */
  readonly temporary: number;
  /** The newest uses of the tokens. */
  readonly uses: readonly UseRow[];
}

/** So many share a transaction: others are let in between. */
const AT_ONCE = 50;

/**
 * Ends many tokens for ever, as `revokeToken` ends one, some at a time: where the server dies in between, those that are
 * left are found by calling again. A dry run ends none. Needs `tokens:write` and, of a member, the step-up `bulk`.
 */
export async function revokeTokens(
  deps: Deps & { readonly store: Pick<UsageStore, 'lastUses'> },
  caller: Caller,
  input: RevokeTokensInput,
): Promise<Outcome<RevokedTokens>> {
  const { name } = caller.account;
  const early = refuseCaller(caller, name, input.dryRun ? 'tokens:read' : 'tokens:write');
  if (early !== undefined) return early;
  const now = deps.now();
  const unproven = input.dryRun ? undefined : refuseWithoutStepUp(caller, 'bulk', now);
  if (unproven !== undefined) return unproven;
  const but = caller.kind === 'token' ? caller.token.id : undefined;
  const selected = await selectTokens(deps.store, name, input.selection, { but, limit: input.limit, now });
  if (input.expected !== undefined && input.expected !== selected.rows.length) {
    const detail = `There are ${selected.rows.length} such tokens now, and ${input.expected} were expected. Look again; nothing was revoked.`;
    return refused({ code: 'selection_changed', detail, field: 'expected' });
  }
  const uses = await deps.store.lastUses(selected.rows.map(({ id }) => id));
  let temporary = 0;
  let revision: number | null = null;
  const rows: TokenRow[] = [];
  for (let at = 0; at < selected.rows.length; at += AT_ONCE) {
    const ids = selected.rows.slice(at, at + AT_ONCE).map(({ id }) => id);
    const ended = await endSome(deps, caller, ids, input.dryRun);
    if (!ended.ok) return ended;
    temporary += ended.value.temporary;
    rows.push(...ended.value.rows);
    revision = ended.revision ?? revision;
  }
  return done({ ...selected, rows, temporary, uses }, revision);
}

interface Ended {
  readonly rows: readonly TokenRow[];
  readonly temporary: number;
}

async function endSome(
  deps: Deps,
  caller: Caller,
  ids: readonly TokenId[],
  dryRun: boolean,
): Promise<Outcome<Ended>> {
  return changeOutcome<Ended>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentCaller(changes, caller, dryRun ? 'tokens:read' : 'tokens:write', at);
    if (!current.ok) return current;
    const { rows, fallen } = await stillThere(changes, ids);
    if (dryRun) return done({ rows, temporary: fallen.length });
    const context = callerContext(caller, at);
    revokeRows(changes, context, [...rows, ...fallen]);
    const followed = new Map<TokenId, TokenRow>();
    for (const row of rows) {
      if (!row.isDefault) continue;
      const successor = successorOf(deps, row, at);
      changes.putToken(successor);
      changes.audit(tokenEntry(context, 'token.create', null, successor));
      followed.set(row.id, successor);
    }
    await settleRotations(changes, context, rows, followed);
    return done({ rows, temporary: fallen.length });
  });
}

/** Those that nobody has revoked meanwhile, and what falls with them, each once. */
async function stillThere(
  changes: Pick<Changes, 'token' | 'descendants'>,
  ids: readonly TokenId[],
): Promise<{ readonly rows: readonly TokenRow[]; readonly fallen: readonly TokenRow[] }> {
  const rows = new Map<TokenId, TokenRow>();
  const fallen = new Map<TokenId, TokenRow>();
  for (const id of ids) {
    const row = await changes.token(id);
    if (row?.status !== 'active') continue;
    rows.set(id, row);
    for (const one of await changes.descendants(id)) fallen.set(one.id, one);
  }
  return { rows: [...rows.values()], fallen: [...fallen.values()].filter(({ id }) => !rows.has(id)) };
}
