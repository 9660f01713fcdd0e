import { checkRestrictions } from '../restriction/check-restrictions.ts';
import { NO_RESTRICTIONS } from '../restriction/compile-restrictions.ts';
import type { Scope } from '../scope/scope.ts';
import type { TokenRecord } from '../token/token-record.ts';
import type { CheckRequest } from './check-request.ts';
import type { Decision, Denied, Policy, TokenSource } from './decision.ts';
import { deny } from './deny.ts';
import { isTokenInQuery } from './read-token-text.ts';
import type { Trace } from './trace.ts';
import { traceRecord } from './trace-decision.ts';

/**
 * Decides what a known token may do: the checks of {@link DenyReason} from `bad_record` on. How the token came, and
 * whether the record is recent enough, are settled before (see `checkRequest`). Never throws.
 *
 * @param now unix milliseconds
 * @param trace when given, is filled with every check in order
 */
export function decide(
  record: TokenRecord,
  request: CheckRequest,
  policy: Policy,
  now: number,
  trace?: Trace,
): Decision {
  const decision = decideKnown(record, request, policy, now, undefined);
  if (trace !== undefined) traceRecord(trace, decision, request, policy, now);
  return decision;
}

/** {@link decide}, asking the source that the record came from whether it is recent enough. */
export function decideKnown(
  record: TokenRecord,
  request: CheckRequest,
  policy: Policy,
  now: number,
  source: TokenSource | undefined,
): Decision {
  if (record.bad !== undefined) return deny('bad_record', record.bad, record);
  if (record.revoked) return deny('revoked', undefined, record);
  if (!(now < record.expires)) return deny('expired', expiredDetail(record.expires), record);
  if (source?.isStaleFor(record, now)) return deny('replica_stale', undefined, record);
  if (record.account.suspended) return deny('account_suspended', undefined, record);
  const refused =
    unsupported(record) ?? lackingScope(record, policy.requires) ?? restricted(record, request, policy);
  if (refused !== undefined) return refused;
  const exposedInUrl = record.usage === 'sk' && policy.secretInQuery === 'flag' && isTokenInQuery(request);
  return { allow: true, token: record, exposedInUrl };
}

function unsupported(record: TokenRecord): Denied | undefined {
  const kind = record.restrictions.unsupported;
  return kind === undefined ? undefined : deny('unsupported_restriction', kind, record);
}

function lackingScope(record: TokenRecord, requires: readonly Scope[]): Denied | undefined {
  for (const scope of requires) {
    if (!holds(record.scopes, scope)) {
      const held = record.scopes.length === 0 ? 'no scopes' : record.scopes.join(', ');
      return deny('insufficient_scope', `This request needs ${scope}; the token has ${held}.`, record, scope);
    }
  }
  return undefined;
}

/** A call of `includes` costs more than the few comparisons. */
function holds(scopes: readonly Scope[], wanted: Scope): boolean {
  for (let at = 0; at < scopes.length; at++) if (scopes[at] === wanted) return true;
  return false;
}

function restricted(record: TokenRecord, request: CheckRequest, policy: Policy): Denied | undefined {
  if (record.restrictions === NO_RESTRICTIONS) return undefined;
  const refusal = checkRestrictions(record.restrictions, request, policy.publicOrigin);
  return refusal === undefined ? undefined : deny(refusal.reason, refusal.detail, record);
}

function expiredDetail(expires: number): string | undefined {
  const at = new Date(expires);
  return Number.isNaN(at.getTime()) ? undefined : `The token expired at ${at.toISOString()}.`;
}
