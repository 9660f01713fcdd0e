import { checkRestrictions } from '../restriction/check-restrictions.ts';
import type { TokenRecord } from '../token/token-record.ts';
import type { CheckRequest } from './check-request.ts';
import type { Decision, Policy } from './decision.ts';
import type { DenyReason } from './deny-reason.ts';
import type { Trace, TraceCheck } from './trace.ts';
import type { CheckInWords, Described } from './trace-checks.ts';
import { recordChecks, textChecks } from './trace-checks.ts';

/**
 * Writes every check of a decision that began with a token's text, in order. The checks are described after the
 * fact, from the answer: the first that fails is the answer, so those before it passed and those after it were
 * not made. That keeps the decision itself free of all this.
 */
export function traceRequest(
  trace: Trace,
  decision: Decision,
  request: CheckRequest,
  policy: Policy,
  now: number,
): void {
  const described = describe(decision, request, policy, now);
  const failed = decision.allow ? undefined : failedCheck(decision.reason, decision.token !== undefined);
  const isThrough = addSteps(trace, textChecks, decision.token, described, failed);
  addRecordSteps(trace, isThrough ? decision.token : undefined, described, failed);
}

/** Writes every check of a decision that began with a known token. */
export function traceRecord(
  trace: Trace,
  decision: Decision,
  request: CheckRequest,
  policy: Policy,
  now: number,
): void {
  const described = describe(decision, request, policy, now);
  const failed = decision.allow ? undefined : failedCheck(decision.reason, true);
  addRecordSteps(trace, decision.token, described, failed);
}

function describe(decision: Decision, request: CheckRequest, policy: Policy, now: number): Described {
  return { request, policy, now, isStale: !decision.allow && decision.reason === 'replica_stale' };
}

/** `record` undefined: the decision did not get that far. */
function addRecordSteps(
  trace: Trace,
  record: TokenRecord | undefined,
  described: Described,
  failed: TraceCheck | undefined,
): void {
  if (record !== undefined && addSteps(trace, recordChecks, record, described, failed)) {
    checkRestrictions(record.restrictions, described.request, described.policy.publicOrigin, trace);
    return;
  }
  if (record === undefined)
    for (const { check, wants } of recordChecks) trace.push(skipped(check, wants(described)));
  for (const [check, wants] of restrictionChecks) trace.push(skipped(check, wants));
}

/** True: none of these checks failed. */
function addSteps<Seen>(
  trace: Trace,
  checks: readonly CheckInWords<Seen>[],
  seen: Seen,
  described: Described,
  failed: TraceCheck | undefined,
): boolean {
  let isThrough = true;
  for (const { check, saw, wants } of checks) {
    if (!isThrough) {
      trace.push(skipped(check, wants(described)));
      continue;
    }
    isThrough = check !== failed;
    const outcome = isThrough ? 'passed' : 'failed';
    trace.push({ check, outcome, saw: saw(seen, described), wants: wants(described) });
  }
  return isThrough;
}

function skipped(check: TraceCheck, wants: string): Trace[number] {
  return { check, outcome: 'skipped', saw: 'not looked at', wants };
}

const restrictionChecks = [
  ['resource', 'a path within the resources of the token'],
  ['url', 'a page within the URLs of the token'],
  ['application', 'one of the applications of the token'],
  ['address', 'an address within the addresses of the token'],
] as const satisfies readonly (readonly [TraceCheck, string])[];

function failedCheck(reason: DenyReason, isKnown: boolean): TraceCheck | undefined {
  if (reason === 'replica_stale') return isKnown ? 'replica_current' : 'token_known';
  return checkOfReason[reason];
}

/** Undefined: a restriction, which writes its own steps, or something outside the decision. */
const checkOfReason: Record<Exclude<DenyReason, 'replica_stale'>, TraceCheck | undefined> = {
  no_token: 'token_present',
  malformed_request: 'request_form',
  malformed_token: 'token_form',
  secret_in_query: 'transport',
  unknown_token: 'token_known',
  bad_record: 'record_readable',
  revoked: 'not_revoked',
  expired: 'not_expired',
  account_suspended: 'account_active',
  unsupported_restriction: 'restrictions_supported',
  insufficient_scope: 'scope',
  resource_not_allowed: undefined,
  origin_opaque: undefined,
  evidence_missing: undefined,
  evidence_malformed: undefined,
  path_not_visible: undefined,
  url_not_allowed: undefined,
  application_not_allowed: undefined,
  address_not_allowed: undefined,
  rate_limited: undefined,
};
