import type { CheckRequest, CountedPolicy, Denied, Trace } from '@latchkey/core';
import { originName, refusalHelp, refusalOf, traceRequest, UNNAMED_SERVICE } from '@latchkey/core';
import type { ReportedRefusal } from '@latchkey/wire/feed';
import { MAX_USAGE_REFUSALS } from '@latchkey/wire/feed';

/** The last refusals, so that a person who reads a request id off one can be told why. Holds no token's text. */
export interface RefusalRing {
  /** @param now unix milliseconds */
  note(requestId: string, denied: Denied, request: CheckRequest, policy: CountedPolicy, now: number): void;
  /** Takes away what was noted, the oldest first. */
  take(): readonly ReportedRefusal[];
}

/** Traces take longer than decisions: whoever sends bad requests by the thousand gets no trace of most. */
const TRACES_LIMIT = 1000;
const SENTENCE_LIMIT = 1000;
const REQUEST_ID = /^[\x20-\x7e]{1,128}$/;

export function createRefusalRing(): RefusalRing {
  let refusals: ReportedRefusal[] = [];
  let next = 0;
  let traced = 0;
  return {
    note(requestId, denied, request, policy, now) {
      if (!REQUEST_ID.test(requestId)) return;
      const trace: Trace = [];
      if (traced < TRACES_LIMIT) traceRequest(trace, denied, request, policy, now);
      traced += 1;
      refusals[next] = reportOf(requestId, denied, request, policy, now, trace);
      next = (next + 1) % MAX_USAGE_REFUSALS;
    },
    take() {
      const taken = [...refusals.slice(next), ...refusals.slice(0, next)];
      refusals = [];
      next = 0;
      traced = 0;
      return taken;
    },
  };
}

function reportOf(
  requestId: string,
  denied: Denied,
  request: CheckRequest,
  { requires, service }: CountedPolicy,
  at: number,
  trace: Trace,
): ReportedRefusal {
  const { status, message } = refusalOf(denied);
  const { sentence, fix } = refusalHelp(denied);
  const shown = request.origin ?? request.referer;
  return {
    requestId,
    at,
    token: denied.token?.id ?? null,
    reason: denied.reason,
    status,
    message,
    detail: cut(denied.detail ?? sentence),
    fix: cut(fix),
    method: /^[A-Z]{1,20}$/.test(request.method) ? request.method : '',
    service: service ?? UNNAMED_SERVICE,
    requires,
    origin: typeof shown === 'string' ? originName(shown) : '',
    trace: trace.map((step) => ({ ...step, saw: cut(step.saw), wants: cut(step.wants) })),
  };
}

function cut(sentence: string): string {
  return sentence.length > SENTENCE_LIMIT ? `${sentence.slice(0, SENTENCE_LIMIT)}…` : sentence;
}
