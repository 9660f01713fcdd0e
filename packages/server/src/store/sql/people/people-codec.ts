import type { AccountName } from '@latchkey/core';
import type {
  InvitationRow,
  LinkRow,
  MemberRow,
  PersonId,
  PersonRow,
  SessionRow,
} from '../../people-rows.ts';
import type {
  InvitationColumns,
  LinkColumns,
  MemberColumns,
  PersonColumns,
  SessionColumns,
} from './people-schema.ts';

// Columns hold only what the encoders below wrote from domain types, so names and JSON are taken at their word.

export function personOf(columns: PersonColumns): PersonRow {
  return {
    id: columns.id as PersonId,
    email: columns.email,
    name: columns.name,
    language: columns.language,
    passwordHash: columns.password_hash,
    emailVerifiedAt: columns.email_verified_at,
    secondFactor:
      columns.factor_sealed === null
        ? null
        : {
            sealed: columns.factor_sealed,
            confirmedAt: columns.factor_confirmed_at,
            lastStep: columns.factor_last_step,
          },
    createdAt: columns.created_at,
    modifiedAt: columns.modified_at,
  };
}

export function personColumns(row: PersonRow): PersonColumns {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    language: row.language,
    password_hash: row.passwordHash,
    email_verified_at: row.emailVerifiedAt,
    factor_sealed: row.secondFactor?.sealed ?? null,
    factor_confirmed_at: row.secondFactor?.confirmedAt ?? null,
    factor_last_step: row.secondFactor?.lastStep ?? 0,
    created_at: row.createdAt,
    modified_at: row.modifiedAt,
  };
}

export function sessionOf(columns: SessionColumns): SessionRow {
  return {
    id: columns.id,
    digest: columns.digest,
    person: columns.person as PersonId,
    state: columns.state,
    createdAt: columns.created_at,
    seenAt: columns.seen_at,
    expiresAt: columns.expires_at,
    stepUps: JSON.parse(columns.step_ups),
    loneRevocations: JSON.parse(columns.lone_revocations),
    passwordProof: columns.password_proof,
    client: columns.client,
  };
}

export function sessionColumns(row: SessionRow): SessionColumns {
  return {
    id: row.id,
    digest: row.digest,
    person: row.person,
    state: row.state,
    created_at: row.createdAt,
    seen_at: row.seenAt,
    expires_at: row.expiresAt,
    step_ups: JSON.stringify(row.stepUps),
    lone_revocations: JSON.stringify(row.loneRevocations),
    password_proof: row.passwordProof,
    client: row.client,
  };
}

export function linkOf(columns: LinkColumns): LinkRow {
  return {
    digest: columns.digest,
    purpose: columns.purpose,
    person: columns.person as PersonId | null,
    expiresAt: columns.expires_at,
  };
}

export function memberOf(columns: MemberColumns): MemberRow {
  return {
    account: columns.account as AccountName,
    person: columns.person as PersonId,
    role: columns.role,
    createdAt: columns.created_at,
    modifiedAt: columns.modified_at,
  };
}

export function memberColumns(row: MemberRow): MemberColumns {
  return {
    account: row.account,
    person: row.person,
    role: row.role,
    created_at: row.createdAt,
    modified_at: row.modifiedAt,
  };
}

export function invitationOf(columns: InvitationColumns): InvitationRow {
  return {
    id: columns.id,
    digest: columns.digest,
    account: columns.account as AccountName,
    email: columns.email,
    role: columns.role,
    invitedBy: columns.invited_by as PersonId | null,
    createdAt: columns.created_at,
    expiresAt: columns.expires_at,
  };
}

export function invitationColumns(row: InvitationRow): InvitationColumns {
  return {
    id: row.id,
    digest: row.digest,
    account: row.account,
    email: row.email,
    role: row.role,
    invited_by: row.invitedBy,
    created_at: row.createdAt,
    expires_at: row.expiresAt,
  };
}
