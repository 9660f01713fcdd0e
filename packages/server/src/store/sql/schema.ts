import type { AlarmReason, AuditAction } from '../rows.ts';
import type { UsageOutcome, UseKind } from '../usage-store.ts';
import type { PeopleSchema } from './people/people-schema.ts';

/**
 * The tables, in plain SQL that SQLite and PostgreSQL share: texts, numbers (times in unix milliseconds), 0 and 1 for
 * no and yes, JSON as text. Ids and names must sort by code point (on PostgreSQL: `collate "C"`).
 */
export interface Schema extends PeopleSchema {
  accounts: AccountColumns;
  tokens: TokenColumns & TokenHistoryColumns;
  changes: ChangeColumns;
  audit: AuditColumns;
  idempotency: IdempotencyColumns;
  head: HeadColumns;
  verifiers: VerifierColumns;
  alarms: AlarmColumns;
  usage_series: UsageSeriesColumns;
  usage_counts: UsageCountColumns;
  usage_sources: UsageSourceColumns;
  token_uses: TokenUseColumns;
  usage_reporters: UsageReporterColumns;
  usage_refusals: UsageRefusalColumns;
  rotations: RotationColumns;
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
  process: string | null;
  /** JSON list. */
  former_processes: string;
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

/** What is counted apart. Without an account and a token (both empty): requests in which no token was known. */
export interface UsageSeriesColumns {
  /** Digest of the others. */
  id: string;
  account: string;
  token: string;
  service: string;
  scope: string;
  outcome: UsageOutcome;
}

export interface UsageCountColumns {
  series: string;
  /** Seconds: 60, 3600 or 86,400. */
  step: number;
  /** The beginning of the step. */
  at: number;
  count: number;
}

export interface UsageSourceColumns {
  token: string;
  /** Seconds: 3600 or 86,400. */
  step: number;
  at: number;
  service: string;
  kind: UseKind;
  origin: string;
  client: string;
  address: string;
  account: string;
  count: number;
  last_at: number;
}

export interface TokenUseColumns {
  token: string;
  account: string;
  kind: UseKind | 'exposed';
  at: number;
  outcome: UsageOutcome;
  service: string;
  origin: string;
  client: string;
}

export interface UsageReporterColumns {
  id: string;
  token: string;
  /** JSON list of first and last sequence of every run of batches that was taken. */
  taken: string;
  reported_until: number | null;
  /** The sequence of its last batch; null while more may come. */
  last_sequence: number | null;
  reported_at: number;
  skew_ms: number;
}

export interface UsageRefusalColumns {
  request_id: string;
  at: number;
  account: string;
  token: string;
  reporter: string;
  /** JSON. */
  detail: string;
}

export interface RotationColumns {
  token: string;
  successor: string;
  account: string;
  started_at: number;
  quiet_ms: number | null;
  due_at: number;
  /** JSON list. */
  waits_for: string;
  ended_at: number | null;
}
