import type { Role } from '@latchkey/core';
import type { LinkPurpose, SessionRow } from '../../people-rows.ts';

/** The tables about people, as `schema.ts` has them in its own words. */
export interface PeopleSchema {
  people: PersonColumns;
  recovery_codes: RecoveryCodeColumns;
  sessions: SessionColumns;
  guesses: GuessColumns;
  links: LinkColumns;
  mails: MailColumns;
  members: MemberColumns;
  invitations: InvitationColumns;
  key_check: KeyCheckColumns;
}

export interface PersonColumns {
  id: string;
  email: string;
  name: string;
  language: 'en' | 'zh' | null;
  password_hash: string;
  email_verified_at: number | null;
  factor_sealed: string | null;
  factor_confirmed_at: number | null;
  factor_last_step: number;
  created_at: number;
  modified_at: number;
}

export interface RecoveryCodeColumns {
  person: string;
  digest: string;
}

export interface SessionColumns {
  id: string;
  digest: string;
  person: string;
  state: SessionRow['state'];
  created_at: number;
  seen_at: number;
  expires_at: number;
  /** JSON. */
  step_ups: string;
  /** JSON. */
  lone_revocations: string;
  password_proof: string;
  client: string | null;
}

export interface GuessColumns {
  key: string;
  failures: number;
  next_at: number;
  last_at: number;
}

export interface LinkColumns {
  digest: string;
  purpose: LinkPurpose;
  person: string | null;
  expires_at: number;
}

export interface MailColumns {
  id: string;
  sealed: string;
  tries: number;
  next_at: number;
  expires_at: number;
}

export interface MemberColumns {
  account: string;
  person: string;
  role: Role;
  created_at: number;
  modified_at: number;
}

export interface InvitationColumns {
  id: string;
  digest: string;
  account: string;
  email: string;
  role: Role;
  invited_by: string | null;
  created_at: number;
  expires_at: number;
}

/** One row. */
export interface KeyCheckColumns {
  id: number;
  value: string;
}
