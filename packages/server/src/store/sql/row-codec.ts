import type { AccountName, Restriction, Scope, TokenId } from '@latchkey/core';
import type { Selectable } from 'kysely';
import type {
  AccountRow,
  AuditActor,
  AuditRow,
  ChangeRow,
  Head,
  RotationRow,
  RotationWait,
  TokenRow,
} from '../rows.ts';
import type {
  AccountColumns,
  AuditColumns,
  ChangeColumns,
  HeadColumns,
  RotationColumns,
  TokenColumns,
} from './schema.ts';

// Columns hold only what the encoders below wrote from domain types, so names and JSON are taken at their word.

export function accountOf(columns: Selectable<AccountColumns>): AccountRow {
  return {
    name: columns.name as AccountName,
    kind: columns.kind,
    status: columns.status,
    allowance: columns.allowance === null ? null : (JSON.parse(columns.allowance) as Scope[]),
    createdAt: columns.created_at,
    modifiedAt: columns.modified_at,
  };
}

export function accountColumns(row: AccountRow): AccountColumns {
  return {
    name: row.name,
    kind: row.kind,
    status: row.status,
    allowance: row.allowance === null ? null : JSON.stringify(row.allowance),
    created_at: row.createdAt,
    modified_at: row.modifiedAt,
    revision: 0,
  };
}

export function tokenOf(columns: Selectable<TokenColumns>): TokenRow {
  return {
    id: columns.id as TokenId,
    account: columns.account as AccountName,
    usage: columns.usage,
    digest: columns.digest,
    text: columns.text,
    note: columns.note,
    scopes: JSON.parse(columns.scopes) as Scope[],
    restrictions: JSON.parse(columns.restrictions) as Restriction[],
    expires: columns.expires,
    parent: columns.parent as TokenId | null,
    replaces: columns.replaces as TokenId | null,
    isDefault: columns.is_default === 1,
    status: columns.status,
    createdAt: columns.created_at,
    modifiedAt: columns.modified_at,
    revokedAt: columns.revoked_at,
    revision: columns.revision,
  };
}

export function tokenColumns(row: TokenRow): TokenColumns {
  return {
    id: row.id,
    account: row.account,
    usage: row.usage,
    digest: row.digest,
    text: row.text,
    note: row.note,
    note_folded: row.note === null ? null : foldNote(row.note),
    scopes: JSON.stringify(row.scopes),
    restrictions: JSON.stringify(row.restrictions),
    expires: row.expires,
    parent: row.parent,
    replaces: row.replaces,
    // A revoked token is nobody's default, whoever revokes it.
    is_default: row.isDefault && row.status === 'active' ? 1 : 0,
    status: row.status,
    created_at: row.createdAt,
    modified_at: row.modifiedAt,
    revoked_at: row.revokedAt,
    revision: row.revision,
  };
}

/** How notes are compared in a search. */
export function foldNote(text: string): string {
  return text.toLowerCase();
}

export function auditOf(columns: Selectable<AuditColumns>): AuditRow {
  return {
    sequence: columns.sequence,
    at: columns.at,
    actor: JSON.parse(columns.actor) as AuditActor,
    action: columns.action,
    account: columns.account as AccountName,
    subject: columns.subject,
    before: columns.before === null ? null : (JSON.parse(columns.before) as Record<string, unknown>),
    after: columns.after === null ? null : (JSON.parse(columns.after) as Record<string, unknown>),
    requestId: columns.request_id,
  };
}

export function changeOf(columns: Pick<ChangeColumns, 'revision' | 'at' | 'record' | 'chain'>): ChangeRow {
  return { revision: columns.revision, at: columns.at, record: columns.record, chain: columns.chain };
}

export function headOf(columns: Pick<HeadColumns, 'epoch' | 'revision' | 'chain'>): Head {
  return { epoch: columns.epoch, revision: columns.revision, chain: columns.chain };
}

export function rotationOf(columns: Selectable<RotationColumns>): RotationRow {
  return {
    token: columns.token as TokenId,
    successor: columns.successor as TokenId,
    account: columns.account as AccountName,
    startedAt: columns.started_at,
    quietMs: columns.quiet_ms,
    dueAt: columns.due_at,
    waitsFor: JSON.parse(columns.waits_for) as RotationWait[],
    endedAt: columns.ended_at,
  };
}

export function rotationColumns(row: RotationRow): RotationColumns {
  return {
    token: row.token,
    successor: row.successor,
    account: row.account,
    started_at: row.startedAt,
    quiet_ms: row.quietMs,
    due_at: row.dueAt,
    waits_for: JSON.stringify(row.waitsFor),
    ended_at: row.endedAt,
  };
}
