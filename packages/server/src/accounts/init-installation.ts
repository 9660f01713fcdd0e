import { changeOutcome } from '../tokens/change-outcome.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';
import { accountExists } from './create-account.ts';
import { type FoundedAccount, foundAccount, withRevisions } from './found-account.ts';
import { readAccountName } from './read-account-name.ts';

/** `token` has every scope, operator-only ones too; `text` is shown this once. */
export type NewInstallation = FoundedAccount;

/** Makes the operator's account, once: the second time is `already_initialised`. */
export async function initInstallation(
  deps: Deps,
  input: { readonly account: string; readonly requestId: string },
): Promise<Outcome<NewInstallation>> {
  const name = readAccountName(input.account);
  if (!name.ok) return name;
  const outcome = await changeOutcome<NewInstallation>(deps.store, async (changes) => {
    const operator = await changes.operatorAccount();
    if (operator !== undefined) {
      const detail = `This installation has its operator's account already: ${operator.name}.`;
      return refused({ code: 'already_initialised', detail });
    }
    if ((await changes.account(name.value)) !== undefined) return accountExists(name.value);
    const context = {
      actor: { kind: 'system', name: 'init' },
      at: deps.now(),
      requestId: input.requestId,
    } as const;
    const made = { name: name.value, kind: 'operator', allowance: null } as const;
    return done(foundAccount(deps, changes, context, made));
  });
  if (!outcome.ok || outcome.revision === null) return outcome;
  return { ...outcome, value: withRevisions(outcome.value, outcome.revision) };
}
