/**
 * A controller that is aborted when `signal` is, until it is aborted itself: whoever made it has to, or the signal keeps it.
 * `AbortSignal.any` would be shorter; on Node 20 such a signal may be collected before it is aborted.
 */
export function abortedBy(signal: AbortSignal): AbortController {
  const joined = new AbortController();
  const abort = () => joined.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true, signal: joined.signal });
  return joined;
}
