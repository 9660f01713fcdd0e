import type { IncomingMessage } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';

/** What is wrong with a request while its body is sent. */
export type BodyFault =
  | 'too_large'
  /** The client does not go on. */
  | 'stalled'
  /** The API does not take what is there, or does not answer though it has all. */
  | 'unanswered';

export interface BodyLimits {
  /** 0: none. */
  readonly bodyLimitBytes: number;
  readonly idleTimeoutMs: number;
  readonly firstByteTimeoutMs: number;
}

/**
 * A client's body on its way to the API: streamed, counted, and watched. The clock of the API's answer begins when the body is through, so that
 * a large one may take its time.
 */
export class ClientBody extends Transform {
  readonly #incoming: IncomingMessage;
  readonly #limits: BodyLimits;
  readonly #onFault: (fault: BodyFault) => void;
  #timer: NodeJS.Timeout;
  #size = 0;
  #isThrough = false;
  #isAnswered = false;

  constructor(incoming: IncomingMessage, limits: BodyLimits, onFault: (fault: BodyFault) => void) {
    super();
    this.#incoming = incoming;
    this.#limits = limits;
    this.#onFault = onFault;
    this.#timer = setTimeout(() => this.#expire(), limits.idleTimeoutMs);
    incoming.once('close', () => {
      if (!incoming.complete) this.destroy(new Error('the client broke off its body'));
    });
    incoming.on('error', () => undefined);
    incoming.pipe(this);
  }

  /** All of the body went on to the API. */
  get isThrough(): boolean {
    return this.#isThrough;
  }

  /** The API began to answer: from now on its own clock runs. */
  answered(): void {
    this.#isAnswered = true;
    if (this.#isThrough) clearTimeout(this.#timer);
  }

  override _transform(chunk: Buffer, _: string, done: TransformCallback): void {
    this.#size += chunk.length;
    const { bodyLimitBytes } = this.#limits;
    if (bodyLimitBytes > 0 && this.#size > bodyLimitBytes) {
      this.#onFault('too_large');
      done();
      return;
    }
    this.#timer.refresh();
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    this.#isThrough = true;
    clearTimeout(this.#timer);
    if (!this.#isAnswered) {
      this.#timer = setTimeout(() => this.#onFault('unanswered'), this.#limits.firstByteTimeoutMs);
    }
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // undici destroys a body that it has read to its end; the answer is still to come then.
    if (!this.#isThrough || this.#isAnswered) clearTimeout(this.#timer);
    this.#incoming.unpipe(this);
    this.#incoming.resume();
    done(error);
  }

  #expire(): void {
    const isFull = this.readableLength >= this.readableHighWaterMark;
    this.#onFault(isFull ? 'unanswered' : 'stalled');
  }
}
