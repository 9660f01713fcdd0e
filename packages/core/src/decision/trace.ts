/** One check as `explain` shows it, in the order of the decision. `skipped`: an earlier check failed, or the token has no such rule. */
export interface TraceStep {
  readonly check: TraceCheck;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What the check saw: never a token's text. */
  readonly saw: string;
  /** What the rule wants, in words. */
  readonly wants: string;
}

export type TraceCheck =
  | 'token_present'
  | 'request_form'
  | 'token_form'
  | 'transport'
  | 'token_known'
  | 'record_readable'
  | 'not_revoked'
  | 'not_expired'
  | 'replica_current'
  | 'account_active'
  | 'restrictions_supported'
  | 'scope'
  | 'resource'
  | 'url'
  | 'application'
  | 'address';

/** Collects steps. Deciding without one allocates nothing for it. */
export type Trace = TraceStep[];
