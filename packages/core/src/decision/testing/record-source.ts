import { createHash } from 'node:crypto';
import { compileRestrictions, NO_RESTRICTIONS } from '../../restriction/compile-restrictions.ts';
import type { ForeignRestriction } from '../../restriction/restriction.ts';
import type { Scope } from '../../scope/scope.ts';
import { parseScope } from '../../scope/scope.ts';
import { parseAccountName } from '../../token/account-name.ts';
import { parseTokenId } from '../../token/token-id.ts';
import type { AccountState, TokenRecord, TokenUsage } from '../../token/token-record.ts';
import type { TokenSource } from '../decision.ts';

/** A token's record as the conformance files write it: in the form of the feed, perhaps broken. */
export interface WrittenRecord {
  readonly id: string;
  readonly digest: string;
  readonly status: string;
  readonly revision: number;
  readonly account?: string | undefined;
  readonly usage?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly restrictions?: readonly ForeignRestriction[] | undefined;
  readonly expires?: unknown;
}

/** A source over written records, found by SHA-256 of the text as everywhere. */
export function recordSource(
  written: readonly WrittenRecord[],
  age: { readonly current: boolean; readonly stale: boolean } = { current: true, stale: false },
): TokenSource {
  const byDigest = new Map(written.map((record) => [record.digest, readRecord(record)]));
  return {
    find: (text) => byDigest.get(createHash('sha256').update(text).digest('base64url')),
    isCurrent: () => age.current,
    isStaleFor: () => age.stale,
  };
}

export function readRecord(written: WrittenRecord): TokenRecord {
  const {
    id,
    status,
    account = 'no-account',
    usage,
    scopes = [],
    restrictions = [],
    expires = null,
  } = written;
  const isReadable = expires === null || typeof expires === 'number';
  return {
    id: known(parseTokenId(id)),
    account: accountState(account, status === 'suspended'),
    usage: isUsage(usage) ? usage : 'pk',
    revoked: status === 'revoked',
    bad: isReadable ? undefined : 'expires is neither null nor a time in milliseconds',
    scopes: scopes.map((scope): Scope => known(parseScope(scope))),
    restrictions: restrictions.length === 0 ? NO_RESTRICTIONS : compileRestrictions(restrictions),
    expires: typeof expires === 'number' ? expires : Number.POSITIVE_INFINITY,
    revision: written.revision,
  };
}

function accountState(name: string, suspended: boolean): AccountState {
  return { name: known(parseAccountName(name)), suspended };
}

function isUsage(usage: string | undefined): usage is TokenUsage {
  return usage === 'pk' || usage === 'sk' || usage === 'tk';
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('the test wants a value that parses');
  return value;
}
