import type { AlarmReason, AuditAction } from '../rows.ts';

/**
 * The tables, in plain SQL that SQLite and PostgreSQL share: texts, numbers (times in unix milliseconds), 0 and 1 for
 * no and yes, JSON as text. Ids and names must sort by code point (on PostgreSQL: `collate "C"`).
 */
export interface Schema {
  accounts: AccountColumns;
  tokens: TokenColumns & TokenHistoryColumns;
  changes: ChangeColumns;
  audit: AuditColumns;
  idempotency: IdempotencyColumns;
  head: HeadColumns;
  verifiers: VerifierColumns;
  alarms: AlarmColumns;
}

export interface AccountColumns {
  name: string;
  kind: 'operator' | 'customer';
  status: 'active' | 'suspended';
  /** JSON list of scopes, or null. */
  allowance: string | null;
  created_at: number;
  modified_at: number;
  revision: number;
}

export interface TokenColumns {
  id: string;
  account: string;
  usage: 'pk' | 'sk' | 'tk';
  digest: string;
  text: string | null;
  note: string | null;
  /** The note in lower case as JavaScript has it, because engines disagree about letters beyond ASCII. */
  note_folded: string | null;
  /** JSON list. */
  scopes: string;
  /** JSON list. */
  restrictions: string;
  expires: number | null;
  parent: string | null;
  replaces: string | null;
  is_default: number;
  status: 'active' | 'revoked';
  created_at: number;
  modified_at: number;
  revoked_at: number | null;
  revision: number;
}

/** Set by the store alone. */
export interface TokenHistoryColumns {
  /** 1 while it has had no other scopes since it was made; 0 also where nobody knows. */
  scopes_fixed: number;
}

export interface ChangeColumns {
  revision: number;
  at: number;
  record: string;
  chain: string;
  /** What the change is about: one of the two is set. */
  token: string | null;
  account: string | null;
}

export interface AuditColumns {
  sequence: number;
  at: number;
  /** JSON. */
  actor: string;
  action: AuditAction;
  account: string;
  subject: string;
  /** JSON, or null. */
  before: string | null;
  after: string | null;
  request_id: string;
  /** Where the token stood in the list by modification until then; null where it is new, and for accounts. */
  moved_from: number | null;
}

export interface IdempotencyColumns {
  account: string;
  key: string;
  fingerprint: string;
  token: string;
  at: number;
}

/** One row. */
export interface HeadColumns {
  id: number;
  epoch: string;
  revision: number;
  chain: string;
  /** The sequence of the newest audit row. */
  sequence: number;
}

export interface VerifierColumns {
  id: string;
  token: string;
  name: string | null;
  version: string | null;
  connected: number;
  connected_at: number;
  acked_at: number | null;
  acked_before: number;
  epoch: string;
  /** JSON list. */
  applied: string;
  /** JSON. */
  staleness: string;
  /** JSON, or null. */
  former: string | null;
  /** JSON list. */
  rejected: string;
  /** When the longest of its bounds has passed. */
  serves_until: number;
}

export interface AlarmColumns {
  epoch: string;
  at: number;
  reason: AlarmReason;
  revived: number;
}
