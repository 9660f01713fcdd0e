import type { AccountName, Scope, TokenId, TokenUsage } from '@latchkey/core';
import type { GuessRow, InvitationRow, MemberRow, PersonId, PersonRow, SessionRow } from './people-rows.ts';
import type { PeopleStore } from './people-store.ts';
import type {
  AccountRow,
  AlarmRow,
  AuditAction,
  AuditRow,
  ChangeRow,
  Head,
  RotationRow,
  TokenRow,
  Tombstone,
  VerifierRow,
} from './rows.ts';
import type { UsageStore } from './usage-store.ts';

/** Everything that is kept, cut by consumer. One contract suite (`contract.ts`) runs on every engine. */
export interface Store
  extends AccountStore,
    TokenStore,
    ChangeStore,
    FeedStore,
    AuditStore,
    RotationStore,
    SweepStore,
    VerifierStore,
    EpochStore,
    RevocationStore,
    UsageStore,
    PeopleStore {
  /** Resolves once the engine answers a trivial query. Rejects with the engine's error otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface AccountStore {
  account(name: AccountName): Promise<AccountRow | undefined>;
  /** By name, after `after`, at most `limit`. */
  accounts(query: {
    readonly after: AccountName | null;
    readonly limit: number;
  }): Promise<readonly AccountRow[]>;
}

export interface TokenStore {
  token(id: TokenId): Promise<TokenRow | undefined>;
  /** Undefined: there is no such token, or no longer. */
  lastingGrant(id: TokenId): Promise<LastingGrant | undefined>;
  tokenByDigest(digest: string): Promise<{ token: TokenRow; account: AccountRow } | undefined>;
  /** Rows newest first, ties by id descending; `next` is the position after the last row, null when nothing follows. */
  tokens(
    query: TokenQuery,
  ): Promise<{ readonly rows: readonly TokenRow[]; readonly next: TokenPosition | null }>;
}

/**
 * A place in a list of tokens. `asOf` is the audit sequence at the first page: later pages put every token where it
 * stood then, so that a token changed between two pages is neither skipped nor given twice, and leave out younger ones.
 */
export interface TokenPosition {
  /** Unix milliseconds; in a list by note the note in lower case, null where there is none. */
  readonly at: number | string | null;
  readonly id: TokenId;
  readonly asOf: number;
}

/** Filters combine with "and"; null means "do not filter". Temporary tokens are listed only where `usages` names `tk`. */
export interface TokenQuery {
  readonly account: AccountName;
  readonly usages: readonly ('pk' | 'sk' | 'tk')[];
  readonly statuses: readonly ('active' | 'revoked')[];
  /** Only tokens whose expiry was over, or was not, at `at` (unix milliseconds). */
  readonly expiry: { readonly at: number; readonly isOver: boolean } | null;
  readonly isDefault: boolean | null;
  readonly scope: Scope | null;
  /** Case-insensitive part of the note, or an exact token id. */
  readonly search: string | null;
  /** Tokens that were made before this time and not let in since, as far as is reported; unix milliseconds. */
  readonly unusedSince: number | null;
  /** A secret whose text was seen in a URL. */
  readonly isExposed: boolean | null;
  /** Without a URL restriction. */
  readonly isAnywhere: boolean | null;
  /** Newest first; `note` from A to Z, those without one at the end; `lastUsed` the one let in last first, those never used at the end. */
  readonly sortBy: 'created' | 'modified' | 'note' | 'lastUsed';
  /** Null on the first page; then what the page before returned. */
  readonly after: TokenPosition | null;
  readonly limit: number;
}

export interface ChangeStore {
  /**
   * Runs `work` in a durable transaction and resolves after the commit is on disk. What `work` reads is the state
   * that its writes apply to: no other change comes between. Several works may share one commit; one that throws is
   * undone alone and rejects here, the others go on. `work` must await nothing but the `Changes` it is given.
   * Writes are applied when `work` returns, in the order in which they were made; `work` does not see its own.
   * A work that puts a token or an account must audit that subject too; one that does not is undone with a TypeError.
   */
  change<T>(work: (changes: Changes) => Promise<T>): Promise<Committed<T>>;
  /** Called after each commit that wrote change rows, with the new head. Returns the function that ends it. */
  onCommit(listener: (head: Head) => void): () => void;
}

export interface Committed<T> {
  readonly value: T;
  /** The last revision that this work wrote; null when verifiers have nothing to hear. */
  readonly revision: number | null;
}

/** Reads and writes inside one change. */
export interface Changes extends PeopleChanges {
  account(name: AccountName): Promise<AccountRow | undefined>;
  token(id: TokenId): Promise<TokenRow | undefined>;
  defaultToken(account: AccountName): Promise<TokenRow | undefined>;
  /** The operator's account; undefined: the installation has none yet. */
  operatorAccount(): Promise<AccountRow | undefined>;
  /**
   * Active temporary tokens that `id` made, and those that they made. Ones that expired over a day ago are left out: no
   * clock of a verifier is that wrong, and an old token may have made very many.
   */
  descendants(id: TokenId): Promise<readonly TokenRow[]>;
  remembered(account: AccountName, key: string): Promise<IdempotencyRow | undefined>;
  /** The rotation that replaces `token`, ended ones too. */
  rotation(token: TokenId): Promise<RotationRow | undefined>;
  /** The rotation that `successor` came from, ended ones too. */
  rotationTo(successor: TokenId): Promise<RotationRow | undefined>;

  /** Inserts or replaces, and writes the change row; `revision` of the row is assigned by the store. */
  putAccount(row: AccountRow): void;
  /**
   * Inserts or replaces, and writes the change row; `revision` is assigned by the store, a new row has 0. Replaced is
   * what may change: note, scopes, restrictions, expiry, status, default, times.
   */
  putToken(row: TokenRow): void;
  /** Replaces what verifiers do not hear of (note, modifiedAt): no change row, the revision stays. */
  putTokenQuietly(row: TokenRow): void;
  /** Inserts, or replaces the one of the same token. Both tokens have to be there by the end of the change. */
  putRotation(row: RotationRow): void;
  /** Forgets the rotation of `token`, as though it had never begun. */
  dropRotation(token: TokenId): void;
  audit(entry: AuditEntry): void;
  remember(row: IdempotencyRow): void;
}

/** Reads and writes about people inside one change; verifiers hear of none of it. */
export interface PeopleChanges {
  /** @param email in lower case */
  personByEmail(email: string): Promise<PersonRow | undefined>;
  member(account: AccountName, person: PersonId): Promise<MemberRow | undefined>;
  /** All members of an account, by person. */
  members(account: AccountName): Promise<readonly MemberRow[]>;
  /** By its id; undefined: there is none, or it waits for its second factor, or it is over. */
  signedInSession(id: string): Promise<SessionRow | undefined>;
  /** All memberships of a person, by account. */
  memberships(person: PersonId): Promise<readonly MemberRow[]>;
  /** Also one that is over. */
  invitation(id: string): Promise<InvitationRow | undefined>;
  /** All of an account, also those that are over. */
  invitations(account: AccountName): Promise<readonly InvitationRow[]>;
  /** All that a person sent, into any account, also those that are over. */
  invitationsBy(person: PersonId): Promise<readonly InvitationRow[]>;
  guess(key: string): Promise<GuessRow | undefined>;

  /** Inserts a new person; the change fails where the e-mail address is taken. */
  putPerson(row: PersonRow): void;
  /** Inserts, or replaces the role. */
  putMember(row: MemberRow): void;
  dropMember(account: AccountName, person: PersonId): void;
  putInvitation(row: InvitationRow): void;
  dropInvitation(id: string): void;
  /** Notes when a session revoked single tokens, in place of what was noted. */
  noteLoneRevocations(session: string, times: readonly number[]): void;
  /** Inserts or replaces; `at` is the time of the try. */
  putGuess(row: GuessRow, at: number): void;
}

export type AuditEntry = Omit<AuditRow, 'sequence'> & { readonly action: AuditAction };

/** What an `Idempotency-Key` stands for. `fingerprint` is the digest of the request that first used it. */
export interface IdempotencyRow {
  readonly account: AccountName;
  readonly key: string;
  readonly fingerprint: string;
  readonly token: TokenId;
  readonly at: number;
}

export interface FeedStore {
  head(): Promise<Head>;
  /** In revision order, after `revision`, at most `limit`. */
  changesAfter(revision: number, limit: number): Promise<readonly ChangeRow[]>;
  /** The chain at `revision` (0: the chain of the beginning); undefined: not kept, or ahead of the head. */
  chainAt(revision: number): Promise<string | undefined>;
  /** All accounts that are suspended and all tokens and tombstones, as feed records (JSON text), from one consistent read at `head`. */
  snapshot(): Promise<{ readonly head: Head; readonly records: AsyncIterable<string> }>;
}

/** What of a token counts for how long verifiers serve it, whichever of its states they know. */
export interface LastingGrant {
  readonly usage: TokenUsage;
  /** Those that it has had ever since it was made; empty also where nobody knows. */
  readonly scopes: readonly Scope[];
}

export interface AuditStore {
  /** Of the newest row; 0 before the first. */
  auditSequence(): Promise<number>;
  /** Of all accounts, after `sequence`, in order, at most `limit`. */
  auditAfter(sequence: number, limit: number): Promise<readonly AuditRow[]>;
  /** Newest first, before `before`; filters combine with "and". */
  auditRows(query: {
    readonly account: AccountName | null;
    readonly subject: string | null;
    readonly action: AuditAction | null;
    /** The id of the token or person that did it, or the name that a part of the system goes by. */
    readonly actor?: string | undefined;
    /** Unix milliseconds: not older than this. */
    readonly since?: number | undefined;
    /** Unix milliseconds: older than this. */
    readonly until?: number | undefined;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly AuditRow[]>;
}

export interface RotationStore {
  /** The rotations that replace one of `tokens`, ended ones too, in no order. */
  rotationsOf(tokens: readonly TokenId[]): Promise<readonly RotationRow[]>;
  /** The rotation that `token` is part of and that has not ended: as the one replaced, or as the successor. */
  rotationUnderway(token: TokenId): Promise<RotationRow | undefined>;
  /** Not ended, and due at `at` (unix milliseconds) or before; the longest due first, at most `limit`. */
  dueRotations(query: { readonly at: number; readonly limit: number }): Promise<readonly RotationRow[]>;
}

export interface SweepStore {
  /**
   * Forgets at most `limit` temporary tokens that expired before `expiredBefore` (unix milliseconds), revoked ones too, and the
   * idempotency keys that stand for them; the audit log keeps its rows. Verifiers hear nothing: an expired token is
   * refused whether they hold it or not. Answers how many were forgotten.
   */
  sweepTemporary(query: { readonly expiredBefore: number; readonly limit: number }): Promise<number>;
  /**
   * Forgets at most `limit` of the oldest changes, and none of the newest `keep` (at least 1): a cursor before those that are left
   * is one that nobody can continue. Answers how many were forgotten.
   */
  sweepChanges(query: { readonly keep: number; readonly limit: number }): Promise<number>;
  /** Forgets at most `limit` idempotency keys that were used before `before` (unix milliseconds). Answers how many. */
  sweepIdempotency(query: { readonly before: number; readonly limit: number }): Promise<number>;
  /** What the database takes on disk, what is free inside it too. */
  sizeBytes(): Promise<number>;
}

/** What is known of verifiers, for whichever server is asked. */
export interface VerifierStore {
  verifier(id: string): Promise<VerifierRow | undefined>;
  /** By id. */
  verifiers(): Promise<readonly VerifierRow[]>;
  /** Inserts or replaces all of them, or none. */
  saveVerifiers(rows: readonly VerifierRow[]): Promise<void>;
  /** Forgets those that serve nobody since `before` (unix milliseconds). Answers how many. */
  forgetVerifiers(before: number): Promise<number>;
}

export interface EpochStore {
  /**
   * Begins another history where the present one stands: revisions go on, cursors of the epoch before are unknown. Wakes
   * no listener. Does nothing where `instead` is not the present epoch: another server was faster.
   */
  startEpoch(alarm: AlarmRow, instead: string): Promise<Head>;
  /** Adds tokens that had come back to the alarm with which the epoch began; false: it began without one. */
  countRevived(epoch: string, revived: number): Promise<boolean>;
  /** The newest first, at most `limit`. */
  alarms(limit: number): Promise<readonly AlarmRow[]>;
}

export interface RevocationStore {
  /** Those of `tombstones` whose token lives here under this id and digest. */
  revivedAmong(tombstones: readonly Tombstone[]): Promise<readonly Tombstone[]>;
  /** Revoked tokens by id, after `after`, at most `limit`. */
  tombstones(query: { readonly after: string; readonly limit: number }): Promise<readonly Tombstone[]>;
}
