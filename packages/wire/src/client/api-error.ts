/** What a server said no with. `code` is one of the closed codes of the API called; `message` is made for people. */
export class LatchkeyApiError extends Error {
  override readonly name = 'LatchkeyApiError';
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly field: string | undefined;
  readonly requestId: string | undefined;
  /** The class of act to show password or second factor again for, where the code is `step_up_required`. */
  readonly stepUp: string | undefined;
  /** Set where the server said when to come again (429, 503). */
  readonly retryAfterSeconds: number | undefined;

  constructor(answer: {
    readonly status: number;
    readonly code: string;
    readonly message: string;
    readonly detail?: string | undefined;
    readonly field?: string | undefined;
    readonly requestId?: string | undefined;
    readonly stepUp?: string | undefined;
    readonly retryAfterSeconds?: number | undefined;
  }) {
    super(answer.message);
    this.status = answer.status;
    this.code = answer.code;
    this.detail = answer.detail;
    this.field = answer.field;
    this.requestId = answer.requestId;
    this.stepUp = answer.stepUp;
    this.retryAfterSeconds = answer.retryAfterSeconds;
  }
}

/** No usable answer came: nobody listens, the time is over, or what answered is not a Latchkey server. */
export class LatchkeyUnreachableError extends Error {
  override readonly name = 'LatchkeyUnreachableError';
  readonly code: 'connection_failed' | 'timeout' | 'unexpected_answer';

  constructor(code: LatchkeyUnreachableError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
