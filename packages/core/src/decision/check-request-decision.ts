import { MAX_TOKEN_TEXT_LENGTH, recogniseTokenText } from '../token/token-text.ts';
import type { CheckRequest } from './check-request.ts';
import { decideKnown } from './decide.ts';
import type { Decision, Policy, TokenSource } from './decision.ts';
import { deny } from './deny.ts';
import { findFormFault, isTokenInQuery, takeTokenText } from './read-token-text.ts';
import type { Trace } from './trace.ts';
import { traceRequest } from './trace-decision.ts';

/**
 * Decides a request from its token's text on. The checks run in the order of {@link DenyReason}; the first that fails
 * is the answer. Never throws, whatever the request holds; synchronous; no I/O but what `source` does.
 *
 * @param now unix milliseconds
 * @param trace when given, is filled with every check in order; when absent nothing is allocated for it
 */
export function checkRequest(
  request: CheckRequest,
  policy: Policy,
  source: TokenSource,
  now: number,
  trace?: Trace,
): Decision {
  const decision = findAndDecide(request, policy, source, now);
  if (trace !== undefined) traceRequest(trace, decision, request, policy, now);
  return decision;
}

function findAndDecide(request: CheckRequest, policy: Policy, source: TokenSource, now: number): Decision {
  const text = takeTokenText(request);
  if (typeof text !== 'string') return text;
  if (policy.secretInQuery === 'refuse' && isTokenInQuery(request) && recogniseTokenText(text) === 'sk') {
    return deny('secret_in_query');
  }
  const record = text.length > MAX_TOKEN_TEXT_LENGTH ? undefined : source.find(text);
  if (record !== undefined) return decideKnown(record, request, policy, now, source);
  // No token has a text of another form, so the form only matters where the text was not found.
  const fault = findFormFault(request, text);
  if (fault !== undefined) return fault;
  if (recogniseTokenText(text) === undefined) return deny('malformed_token');
  return deny(source.isCurrent(now) ? 'unknown_token' : 'replica_stale');
}
