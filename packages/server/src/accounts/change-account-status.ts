import { parseAccountName } from '@latchkey/core';
import { accountEntry, callerContext } from '../audit/audit-entry.ts';
import type { AccountRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import { changeOutcome } from '../tokens/change-outcome.ts';
import { currentCaller, refuseOperatorCall } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';
import { refuseWithoutStepUp } from '../tokens/step-up.ts';

/** Suspends or resumes. An account that is so already is answered as it is: no change, no refusal. */
export async function changeAccountStatus(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  caller: Caller,
  { name, status }: { readonly name: string; readonly status: AccountRow['status'] },
): Promise<Outcome<AccountRow>> {
  const early = refuseOperatorCall(caller, 'accounts:write');
  if (early !== undefined) return early;
  return changeOutcome<AccountRow>(store, async (changes) => {
    const at = now();
    const current = await currentCaller(changes, caller, 'accounts:write', at);
    if (!current.ok) return current;
    const parsed = parseAccountName(name);
    const account = parsed && (await changes.account(parsed));
    if (account === undefined) {
      return refused({ code: 'account_not_found', detail: 'There is no such account.', field: 'name' });
    }
    if (account.kind === 'operator' && status === 'suspended') {
      const detail = "The operator's account cannot be suspended: nobody could resume it.";
      return refused({ code: 'operator_account', detail, field: 'name' });
    }
    if (account.status === status) return done(account);
    const unproven = status === 'active' ? refuseWithoutStepUp(current.value, 'widening', at) : undefined;
    if (unproven !== undefined) return unproven;
    const after: AccountRow = { ...account, status, modifiedAt: at };
    changes.putAccount(after);
    const action = status === 'suspended' ? 'account.suspend' : 'account.resume';
    changes.audit(accountEntry(callerContext(caller, at), action, account, after));
    return done(after);
  });
}
