import type { AccountName, Scope } from '@latchkey/core';
import { callerContext } from '../audit/audit-entry.ts';
import type { AccountRow, TokenRow } from '../store/rows.ts';
import type { Changes } from '../store/store.ts';
import type { Caller } from '../tokens/caller.ts';
import { isTemporary } from '../tokens/caller-rights.ts';
import { changeOutcome } from '../tokens/change-outcome.ts';
import { currentCaller, refuseOperatorCall } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import { readRepeatable, remembering, replayed } from '../tokens/idempotency.ts';
import type { Outcome, Refused } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';
import { readScopes } from '../tokens/read-scopes.ts';
import { refuseWithoutStepUp } from '../tokens/step-up.ts';
import { foundAccount, withRevisions } from './found-account.ts';
import { readAccountName } from './read-account-name.ts';

export interface CreateAccountInput {
  readonly name: string;
  /** Scopes that the account may hold; null or not sent: all of the catalogue but operator-only ones. */
  readonly allowance?: readonly string[] | null | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** `token` is a secret token with every scope of the account; `text` is its text, null where the idempotency key was used before. */
export interface CreatedAccount {
  readonly replayed: boolean;
  readonly account: AccountRow;
  readonly token: TokenRow;
  readonly text: string | null;
  /** The default token as it is now, which may be a successor of the first one. */
  readonly defaultToken: TokenRow;
}

/** Makes a customer's account. Needs `accounts:write` and the operator's account; a temporary token makes none. Of a member it wants the step-up `secrets`. */
export async function createAccount(
  deps: Deps,
  caller: Caller,
  input: CreateAccountInput,
): Promise<Outcome<CreatedAccount>> {
  const early = refuseOperatorCall(caller, 'accounts:write') ?? refuseTemporary(caller);
  if (early !== undefined) return early;
  const repeatable = readRepeatable(deps.hash, caller, 'create-account', input);
  if (!repeatable.ok) return repeatable;
  const name = readAccountName(input.name);
  if (!name.ok) return name;
  const allowance = readAllowance(input.allowance, deps);
  if (!allowance.ok) return allowance;

  const outcome = await changeOutcome<CreatedAccount>(deps.store, async (changes) => {
    const at = deps.now();
    const current = await currentCaller(changes, caller, 'accounts:write', at);
    if (!current.ok) return current;
    const before = await replayed(changes, repeatable.value);
    if (!before.ok) return before;
    if (before.value !== undefined) return replayedAccount(changes, before.value);
    if ((await changes.account(name.value)) !== undefined) return accountExists(name.value);
    const unproven = refuseWithoutStepUp(current.value, 'secrets', at);
    if (unproven !== undefined) return unproven;

    const made = { name: name.value, kind: 'customer', allowance: allowance.value } as const;
    const founded = foundAccount(deps, changes, callerContext(caller, at), made);
    if (repeatable.value !== undefined) changes.remember(remembering(repeatable.value, founded.token.id, at));
    return done({ replayed: false, ...founded });
  });
  if (!outcome.ok || outcome.revision === null) return outcome;
  return { ...outcome, value: withRevisions(outcome.value, outcome.revision) };
}

export function accountExists(name: AccountName): Refused {
  return refused({ code: 'account_exists', detail: `There is an account ${name} already.`, field: 'name' });
}

async function replayedAccount(changes: Changes, token: TokenRow): Promise<Outcome<CreatedAccount>> {
  const account = await changes.account(token.account);
  const defaultToken = await changes.defaultToken(token.account);
  if (account === undefined || defaultToken === undefined) {
    throw new Error('an account that was made before is not whole');
  }
  return done({ replayed: true, account, token, text: null, defaultToken });
}

function readAllowance(
  names: readonly string[] | null | undefined,
  { catalogue }: Pick<Deps, 'catalogue'>,
): Outcome<readonly Scope[] | null> {
  if (names === null || names === undefined) return done(null);
  const scopes = readScopes(names, { kind: 'customer', allowance: null }, catalogue);
  if (scopes.ok) return scopes;
  return refused({ ...scopes.refusal, code: 'allowance_invalid', field: 'allowance' });
}

function refuseTemporary(caller: Caller): Refused | undefined {
  if (!isTemporary(caller)) return undefined;
  return refused({ code: 'caller_is_temporary', detail: 'A temporary token makes no accounts.' });
}
