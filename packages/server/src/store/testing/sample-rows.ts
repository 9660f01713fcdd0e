import type { AccountName, Scope, TokenId } from '@latchkey/core';
import { makeTokenId, parseAccountName, parseScope, parseTokenId } from '@latchkey/core';
import type { AccountRow, AuditAction, RotationRow, TokenRow } from '../rows.ts';
import type { AuditEntry, Changes, Store } from '../store.ts';

/** The account name, or a failed test. */
export function accountName(text: string): AccountName {
  const name = parseAccountName(text);
  if (name === undefined) throw new TypeError(`${text} is not an account name`);
  return name;
}

export function scopesOf(...names: string[]): Scope[] {
  return names.map((name) => {
    const scope = parseScope(name);
    if (scope === undefined) throw new TypeError(`${name} is not a scope`);
    return scope;
  });
}

/** Ids that sort as their numbers do. */
export function tokenId(number: number): TokenId {
  const id = parseTokenId(`c${String(number).padStart(24, '0')}`);
  return id ?? makeTokenId(new Uint8Array(24));
}

export function accountRow(name: AccountName, over: Partial<AccountRow> = {}): AccountRow {
  return { name, kind: 'customer', status: 'active', allowance: null, createdAt: 1, modifiedAt: 1, ...over };
}

export function tokenRow(id: TokenId, account: AccountName, over: Partial<TokenRow> = {}): TokenRow {
  return {
    id,
    account,
    usage: 'sk',
    digest: `digest of ${id}`,
    text: null,
    note: null,
    scopes: scopesOf('styles:write'),
    restrictions: [],
    expires: null,
    parent: null,
    replaces: null,
    isDefault: false,
    status: 'active',
    createdAt: 1,
    modifiedAt: 1,
    revokedAt: null,
    revision: 0,
    ...over,
  };
}

export function rotationRow(
  token: TokenId,
  successor: TokenId,
  account: AccountName,
  over: Partial<RotationRow> = {},
): RotationRow {
  return {
    token,
    successor,
    account,
    startedAt: 1,
    quietMs: null,
    dueAt: 1,
    waitsFor: [],
    endedAt: null,
    ...over,
  };
}

export function entry(account: AccountName, subject: string, action: AuditAction): AuditEntry {
  return {
    at: 1,
    actor: { kind: 'system', name: 'test' },
    action,
    account,
    subject,
    before: null,
    after: { subject },
    requestId: 'request-1',
  };
}

/** Puts a token and its audit entry. */
export function put(changes: Changes, row: TokenRow, action: AuditAction = 'token.create'): void {
  changes.putToken(row);
  changes.audit(entry(row.account, row.id, action));
}

export async function storeAccount(store: Store, row: AccountRow): Promise<number | null> {
  const { revision } = await store.change(async (changes) => {
    changes.putAccount(row);
    changes.audit(entry(row.name, row.name, 'account.create'));
  });
  return revision;
}

export async function storeTokens(store: Store, ...rows: TokenRow[]): Promise<number | null> {
  const { revision } = await store.change(async (changes) => {
    for (const row of rows) put(changes, row);
  });
  return revision;
}
