import type { UrlRule } from './url-rule.ts';

/** The URL entries of a token, ready to be matched: rules by host, so that a request's host is found by label suffixes. */
export interface UrlIndex {
  readonly rules: readonly UrlRule[];
  readonly byHost: ReadonlyMap<string, readonly UrlRule[]>;
  /** Labels of the host that has most: longer suffixes need no look-up. */
  readonly mostLabels: number;
  readonly strictPaths: boolean;
}
