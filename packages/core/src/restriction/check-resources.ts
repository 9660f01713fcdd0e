import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace } from '../decision/trace.ts';
import { canonicalPath, isPathWithin } from './canonical-path.ts';
import { listed, quoted } from './quote.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';

/** Judges the path that a request asks for, segment by segment; undefined: it may pass. A path that servers could read in two ways never passes. */
export function checkResources(
  prefixes: readonly string[],
  request: CheckRequest,
  trace?: Trace,
): RestrictionRefusal | undefined {
  const refusal = judge(prefixes, request.path);
  trace?.push({
    check: 'resource',
    outcome: refusal === undefined ? 'passed' : 'failed',
    saw: `path ${quoted(request.path)}`,
    wants: `a path in ${listed(prefixes, String)}`,
  });
  return refusal;
}

function judge(prefixes: readonly string[], asked: string): RestrictionRefusal | undefined {
  const path = canonicalPath(asked);
  if (path === undefined) {
    const detail =
      `The path ${quoted(asked)} has no single meaning (empty or dot segments, encoded slashes, or too long), so it cannot be matched ` +
      `with ${listed(prefixes, String)}.`;
    return { reason: 'resource_not_allowed', detail };
  }
  for (const prefix of prefixes) if (isPathWithin(path, prefix)) return undefined;
  return {
    reason: 'resource_not_allowed',
    detail: `The path ${quoted(asked)} is outside the resources of this token: ${listed(prefixes, String)}.`,
  };
}
