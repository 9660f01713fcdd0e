import type { AccountName, DenyReason, TokenId } from '@latchkey/core';

/** What verifiers report of the requests that they decided. Times are unix milliseconds by the server's clock. */
export interface UsageStore {
  /**
   * Adds a batch, durably, or nothing where the reporter's batch of this sequence was taken before. Minutes are added up to hours and
   * days in the same transaction, so that every step holds the same sums.
   */
  addUsage(addition: UsageAddition): Promise<'taken' | 'replayed'>;
  /** Whose tokens they are; unknown ones are left out. */
  accountsOf(tokens: readonly TokenId[]): Promise<ReadonlyMap<TokenId, AccountName>>;
  /** Notes uses that a server saw itself, outside of all counts. */
  noteUses(uses: readonly UseRow[]): Promise<void>;
  /** The newest use of each kind of each token, as far as they are reported. */
  lastUses(tokens: readonly TokenId[]): Promise<readonly UseRow[]>;
  /** Everyone who reported since `since`, by id. */
  reporters(since: number): Promise<readonly ReporterRow[]>;
  /** Sums by time and dimensions, in the order of time and then of the dimensions as the query names them. */
  usage(query: UsageQuery): Promise<readonly UsageLine[]>;
  /** From where and with what a token is used, newest first. */
  usesOf(query: {
    readonly token: TokenId;
    readonly since: number;
    readonly limit: number;
  }): Promise<readonly UserOfToken[]>;
  refusal(requestId: string): Promise<RefusalRow | undefined>;
  /** Forgets what is older than it should be kept; answers how many rows went. */
  forgetUsage(before: UsageKept): Promise<number>;
  /** Puts the rarest users of a token and hour or day together, where it has more than `limit`, into one that is called {@link OTHER}. Answers how many rows went. */
  foldUsers(query: { readonly since: number; readonly limit: number }): Promise<number>;
}

/** Stands where what was seen is not told apart any more. */
export const OTHER = '*';

export type UsageOutcome = 'allowed' | DenyReason;
export type UsageStep = 'minute' | 'hour' | 'day';
export type UseKind = 'allowed' | 'refused';

/** One batch of one reporter. Its rows are told apart by all that is no count and no time. */
export interface UsageAddition {
  /** As in {@link ReporterRow}. */
  readonly reporter: string;
  /** The token that the batch came with. */
  readonly token: TokenId;
  /** 1, 2, 3 … through the life of the reporter. */
  readonly sequence: number;
  readonly reportedAt: number;
  /** By how much the reporter's clock is ahead of the server's. */
  readonly skewMs: number;
  /** What this batch and those before it hold is everything up to then; null: nobody knows. */
  readonly until: number | null;
  /** The reporter was closed: it decides nothing any more, and this is the last that it has to tell. */
  readonly isLast: boolean;
  readonly counters: readonly CounterRow[];
  readonly sources: readonly SourceRow[];
  readonly uses: readonly UseRow[];
  readonly refusals: readonly RefusalRow[];
}

/** Whose token it was; null where no token was known. */
interface Used {
  readonly account: AccountName | null;
  readonly token: TokenId | null;
  /** The service that was asked; for people. */
  readonly service: string;
}

export interface CounterRow extends Used {
  /** The beginning of a minute. */
  readonly at: number;
  /** The scopes that were needed, separated by spaces; empty: none. */
  readonly scope: string;
  readonly outcome: UsageOutcome;
  readonly count: number;
}

export interface SourceRow extends Used {
  readonly kind: UseKind;
  /** The host of the page; empty where none was told. */
  readonly origin: string;
  /** The family of the client; empty where none was told. */
  readonly client: string;
  /** A /24 or a /48; empty where addresses are not counted. */
  readonly address: string;
  readonly count: number;
  readonly lastAt: number;
}

/** The newest use of a token of its kind; `exposed`: its text stood in a URL, and it was let in. */
export interface UseRow {
  readonly token: TokenId;
  readonly account: AccountName;
  readonly kind: UseKind | 'exposed';
  readonly at: number;
  readonly outcome: UsageOutcome;
  readonly service: string;
  readonly origin: string;
  readonly client: string;
}

/** Somebody who decides requests and reports them: a verifier, or a server about its own API. */
export interface ReporterRow {
  /** The instance of the verifier: what stands behind the first dot of `VerifierRow.id`. */
  readonly id: string;
  /** The token that its newest batch came with. */
  readonly token: TokenId;
  /** Every request that it decided before this moment is in the store; null: that is not known of any moment. */
  readonly reportedUntil: number | null;
  /** It was closed and has told everything: there is nothing after `reportedAt`. */
  readonly isOver: boolean;
  /** When its newest batch came. */
  readonly reportedAt: number;
  /** By how much its clock was ahead of the server's then, the time of the call included. */
  readonly skewMs: number;
}

/** Stands for a refusal that a person asks about. */
export interface RefusalRow {
  readonly requestId: string;
  readonly at: number;
  readonly account: AccountName | null;
  readonly token: TokenId | null;
  readonly reporter: string;
  /** JSON; holds no token's text. */
  readonly detail: string;
}

export type UsageDimension =
  | 'account'
  | 'token'
  | 'service'
  | 'scope'
  | 'outcome'
  | 'kind'
  | 'origin'
  | 'client'
  | 'address';

export interface UsageQuery {
  /** Null: of all. */
  readonly account: AccountName | null;
  readonly token: TokenId | null;
  readonly service: string | null;
  readonly kind: UseKind | null;
  /** From here, a beginning of a `resolution`, up to there. */
  readonly from: number;
  readonly to: number;
  /** Which rows are read. Of origins, clients and addresses no minutes are kept. */
  readonly resolution: UsageStep;
  /** False: over the whole time. */
  readonly byTime: boolean;
  /** `scope` and `outcome` are not known of origins, clients and addresses. */
  readonly by: readonly UsageDimension[];
}

export interface UsageLine {
  /** The beginning of the step; null where the sum is over the whole time. */
  readonly at: number | null;
  /** In the order of the query's dimensions; empty stands for none. */
  readonly values: readonly string[];
  readonly count: number;
}

export interface UserOfToken {
  readonly service: string;
  readonly origin: string;
  readonly client: string;
  readonly address: string;
  readonly kind: UseKind;
  readonly count: number;
  readonly lastAt: number;
}

/** Rows of each kind that are older than this go. */
export interface UsageKept {
  readonly minutesBefore: number;
  readonly hoursBefore: number;
  readonly daysBefore: number;
  readonly refusalsBefore: number;
  readonly reportersBefore: number;
}
