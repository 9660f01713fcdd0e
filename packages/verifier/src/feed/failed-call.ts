/** A call to the server that did not do what it should: a value, because it is expected to happen. */
export interface FailedCall {
  readonly ok: false;
  /** For people; never holds a token. */
  readonly why: string;
  /** The HTTP status; undefined where no answer came. */
  readonly status: number | undefined;
  /** What the server asked for in `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;
}

export function failedCall(why: string): FailedCall {
  return { ok: false, why, status: undefined, retryAfterSeconds: undefined };
}

/** @param now unix milliseconds, for a `Retry-After` that is a date */
export function failedAnswer(what: string, response: Response, now: number): FailedCall {
  const why = `${what} answered ${response.status}`;
  const retryAfterSeconds = readRetryAfter(response.headers.get('retry-after'), now);
  return { ok: false, why, status: response.status, retryAfterSeconds };
}

/** The message and the causes of whatever was thrown. `fetch` hides the reason in its cause. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const own = error.message || ('code' in error ? String(error.code) : error.name);
  return error.cause instanceof Error ? `${own}: ${describeError(error.cause)}` : own;
}

/** RFC 9110, section 10.2.3: seconds, or a date. */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*[0-9]{1,9}\s*$/.test(header)) return Number(header);
  // A date begins with the name of its day; Date.parse would make one of `-5` too.
  const at = /^\s*[A-Za-z]/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1000);
}
