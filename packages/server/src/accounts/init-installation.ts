import type { AccountRow, TokenRow } from '../store/rows.ts';
import type { Deps } from '../tokens/deps.ts';
import type { Outcome } from '../tokens/outcome.ts';

export interface NewInstallation {
  readonly account: AccountRow;
  /** A secret token with every scope, operator-only ones too; `text` is shown this once. */
  readonly token: TokenRow;
  readonly text: string;
  readonly defaultToken: TokenRow;
}

/** Makes the operator's account, once: the second time is `already_initialised`. */
export async function initInstallation(
  _deps: Deps,
  _input: { readonly account: string; readonly requestId: string },
): Promise<Outcome<NewInstallation>> {
  throw new Error('not built yet');
}
