import type { AccountName, Scope } from '@latchkey/core';
import { type AuditContext, accountEntry, tokenEntry } from '../audit/audit-entry.ts';
import type { AccountRow, TokenRow } from '../store/rows.ts';
import type { Changes } from '../store/store.ts';
import type { Deps } from '../tokens/deps.ts';
import { mintToken } from '../tokens/mint-token.ts';
import { grantableScopes } from '../tokens/read-scopes.ts';

export const DEFAULT_TOKEN_NOTE = 'Default public token';
export const FIRST_TOKEN_NOTE = 'First secret token, with every scope of the account';

export interface FoundedAccount {
  readonly account: AccountRow;
  /** A secret token with every scope that the account may hold. */
  readonly token: TokenRow;
  readonly text: string;
  /** A public token with every public scope that the account may hold. */
  readonly defaultToken: TokenRow;
}

/** Makes an account with its two first tokens. The name is free, as the caller has seen in the same change. */
export function foundAccount(
  deps: Pick<Deps, 'randomBytes' | 'hash' | 'catalogue'>,
  changes: Pick<Changes, 'putAccount' | 'putToken' | 'audit'>,
  context: AuditContext,
  {
    name,
    kind,
    allowance,
  }: { name: AccountName; kind: AccountRow['kind']; allowance: readonly Scope[] | null },
): FoundedAccount {
  const { at } = context;
  const account: AccountRow = { name, kind, status: 'active', allowance, createdAt: at, modifiedAt: at };
  const scopes = grantableScopes(account, deps.catalogue);
  const publicScopes = scopes.filter((scope) => deps.catalogue.get(scope)?.public === true);
  const unrestricted = { account: name, restrictions: [], expires: null, at };
  const defaultToken = mintToken(deps, {
    ...unrestricted,
    note: DEFAULT_TOKEN_NOTE,
    scopes: publicScopes,
    kind: { usage: 'pk', isDefault: true, replaces: null },
  }).row;
  const { row: token, text } = mintToken(deps, {
    ...unrestricted,
    note: FIRST_TOKEN_NOTE,
    scopes,
    kind: { usage: 'sk', replaces: null },
  });
  changes.putAccount(account);
  changes.audit(accountEntry(context, 'account.create', null, account));
  for (const row of [defaultToken, token]) {
    changes.putToken(row);
    changes.audit(tokenEntry(context, 'token.create', null, row));
  }
  return { account, token, text, defaultToken };
}

/** The tokens as they are stored: the account's change comes first, then the default token's, the secret one's last. */
export function withRevisions<T extends Pick<FoundedAccount, 'token' | 'defaultToken'>>(
  value: T,
  last: number,
): T {
  return {
    ...value,
    defaultToken: { ...value.defaultToken, revision: last - 1 },
    token: { ...value.token, revision: last },
  };
}
