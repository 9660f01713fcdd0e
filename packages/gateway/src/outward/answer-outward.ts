import type { Forward } from '../upstream/forward.ts';
import { withHead } from '../upstream/with-head.ts';
import { type OutwardRules, outwardHeaders } from './outward-headers.ts';

/** A `Forward` whose answers to requests with a token say what caches beyond the gateway may do with them. Others pass as they are. */
export function answerOutward(forward: Forward, rules: OutwardRules): Forward {
  return (request, receiver) => {
    const { identity } = request;
    if (identity === undefined) return forward(request, receiver);
    return forward(
      request,
      withHead(receiver, (status, statusText, headers) =>
        receiver.head(status, statusText, outwardHeaders(headers, identity, rules, Date.now())),
      ),
    );
  };
}
