import type { AccountName, Restriction, Scope, TokenId, TokenUsage } from '@latchkey/core';
import type { RejectedRecord, StalenessBounds } from '@latchkey/wire/feed';

/** An account as stored. Times are unix milliseconds. */
export interface AccountRow {
  readonly name: AccountName;
  /** The operator's account alone may hold operator-only scopes. */
  readonly kind: 'operator' | 'customer';
  readonly status: 'active' | 'suspended';
  /** Scopes that the account may hold (its allowance); null: every scope of the catalogue. */
  readonly allowance: readonly Scope[] | null;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** A token as stored. Times are unix milliseconds; the text of a secret or temporary token is never stored. */
export interface TokenRow {
  readonly id: TokenId;
  readonly account: AccountName;
  readonly usage: TokenUsage;
  /** SHA-256 of the token text, base64url without padding (43 characters). */
  readonly digest: string;
  /** The token text of a public token; null for the other usages. */
  readonly text: string | null;
  readonly note: string | null;
  readonly scopes: readonly Scope[];
  /** Canonical, at most one of each kind; empty: unrestricted. */
  readonly restrictions: readonly Restriction[];
  readonly expires: number | null;
  /** The token that made this temporary one: when it is revoked, this one is too. */
  readonly parent: TokenId | null;
  /** The token that this one succeeds. */
  readonly replaces: TokenId | null;
  readonly isDefault: boolean;
  readonly status: 'active' | 'revoked';
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly revokedAt: number | null;
  /** The revision of the last change that verifiers heard of. */
  readonly revision: number;
}

/** A token that another one is to replace, or has replaced. Times are unix milliseconds. */
export interface RotationRow {
  /** The one that is replaced; it works until it is retired. */
  readonly token: TokenId;
  readonly successor: TokenId;
  readonly account: AccountName;
  readonly startedAt: number;
  /** So long nobody may have used it before it is retired; null: it is retired when its grace time is over. */
  readonly quietMs: number | null;
  /** When it is retired; where nobody may use it any more, when that is looked at next. */
  readonly dueAt: number;
  /** What stood in the way when it was looked at last; empty: nothing, or not looked at yet. */
  readonly waitsFor: readonly RotationWait[];
  /** When the token was retired; null: not yet. */
  readonly endedAt: number | null;
}

export type RotationWait =
  /** It was used. */
  | { readonly kind: 'use'; readonly lastUsedAt: number }
  /** So many verifiers may have seen it used and have not told; without a word from them that lasts until `decideUntil`. */
  | { readonly kind: 'verifiers'; readonly count: number; readonly decideUntil: number }
  /** The successor has expired: nothing would work. */
  | { readonly kind: 'successor_expired' };

/** A line of the audit log. `before` and `after` hold no secret and no digest. */
export interface AuditRow {
  /** 1, 2, 3 … without a gap, in commit order. */
  readonly sequence: number;
  readonly at: number;
  readonly actor: AuditActor;
  readonly action: AuditAction;
  readonly account: AccountName;
  /** The id of the token (of a rotation: of the one that is replaced), the name of the account, the id of the person (of a member) or of the invitation, that was changed. */
  readonly subject: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly requestId: string;
}

export type AuditActor =
  | { readonly kind: 'token'; readonly id: TokenId; readonly account: AccountName }
  /** A person who was signed in; the name is what it was then. */
  | {
      readonly kind: 'member';
      readonly person: string;
      readonly name: string;
      readonly account: AccountName;
    }
  | { readonly kind: 'system'; readonly name: string };

export type AuditAction =
  | 'account.create'
  | 'account.suspend'
  | 'account.resume'
  | 'token.create'
  | 'token.update'
  | 'token.revoke'
  | 'rotation.begin'
  | 'rotation.change'
  | 'rotation.postpone'
  | 'rotation.end'
  | 'rotation.undo'
  | 'member.add'
  | 'member.change'
  | 'member.remove'
  | 'invitation.create'
  | 'invitation.revoke';

/** A change as the feed tells it: the bytes of `record` are what verifiers get. */
export interface ChangeRow {
  readonly revision: number;
  readonly at: number;
  /** JSON text of the feed record. */
  readonly record: string;
  /** Running digest after this change: see the cursor. */
  readonly chain: string;
}

/** Where the installation stands. `chain` belongs to `revision`. */
export interface Head {
  readonly epoch: string;
  readonly revision: number;
  readonly chain: string;
}

/** A verifier as servers know it. Times are unix milliseconds by the server's clock. */
export interface VerifierRow {
  readonly id: string;
  /** The token that it came with. */
  readonly token: TokenId;
  /** What it calls itself and its program; for people. */
  readonly name: string | null;
  readonly version: string | null;
  /** Which of its processes its stream is of, in its own words; null where it does not tell. */
  readonly process: string | null;
  /** Processes that it was before, the newest last: they may not have told all that they decided. */
  readonly formerProcesses: readonly FormerProcess[];
  readonly isConnected: boolean;
  readonly connectedAt: number;
  /** When its newest ack was answered, or a little earlier than that; null before the first. */
  readonly ackedAt: number | null;
  /**
   * No ack of it was answered after this time: written ahead, and no later ack is answered before a later time is written. So
   * a server that died, or another one, never leaves it out of account for how long this verifier goes on.
   */
  readonly ackedBefore: number;
  /** The history that `applied` is of; empty before the first ack. */
  readonly epoch: string;
  /** Up to which revision it had applied everything, and by when; both growing, the oldest forgotten. */
  readonly applied: readonly AppliedRevision[];
  /** The bounds that it was told last, as far as it keeps to them; they hold from its first ack after `connectedAt`. */
  readonly staleness: StalenessBounds;
  /** Longer bounds that it was told before, and by which it may still go on; null where they are of no effect. */
  readonly former: FormerBounds | null;
  /** Records that it could not read, the newest last, the oldest forgotten. */
  readonly rejected: readonly RejectedRecord[];
}

export interface FormerProcess {
  readonly process: string;
  /** It decided nothing after this time. Unix milliseconds. */
  readonly until: number;
}

export interface FormerBounds {
  readonly staleness: StalenessBounds;
  /** While these were in force, no ack was answered after this time. Unix milliseconds. */
  readonly ackedBefore: number;
}

export interface AppliedRevision {
  readonly revision: number;
  readonly at: number;
}

/** The database had gone back in time: a new epoch began, and what had come back was revoked again. */
export interface AlarmRow {
  readonly epoch: string;
  readonly at: number;
  readonly reason: AlarmReason;
  /** How many tokens had come back, by what was known then. */
  readonly revived: number;
}

export type AlarmReason = 'journal' | 'tombstones' | 'cursor';

/** What proves that a token was revoked. */
export interface Tombstone {
  readonly id: TokenId;
  readonly digest: string;
}
