import type { Duplex } from 'node:stream';
import { type Dispatcher, errors, Pool } from 'undici';
import { answerHeaders } from './answer-headers.ts';
import type { AnswerReceiver, Forward, UpstreamCall, UpstreamRequest } from './forward.ts';
import type { OpenTunnel, TunnelReceiver } from './open-tunnel.ts';
import { upstreamFailureOf } from './upstream-failure.ts';

export interface UpstreamLimits {
  /** How long a connection may take to be there. */
  readonly connectTimeoutMs: number;
  /** How long the API may take until its answer begins; a request with a body is given this time by whoever sends the body. */
  readonly firstByteTimeoutMs: number;
  /** How long nothing may come of an answer that began. */
  readonly idleTimeoutMs: number;
  /** Size of the head of an answer. */
  readonly headerLimitBytes: number;
}

/** Connections to the APIs behind a gateway. */
export interface Upstreams {
  readonly forward: Forward;
  readonly openTunnel: OpenTunnel;
  /** Breaks off what is under way. */
  close(): Promise<void>;
}

/** A connection is given up before most servers close theirs (Node: 5 s), unless the server tells its own time. */
const KEEP_ALIVE_MS = 4_000;

/** Speaks HTTP/1.1 to the origins it is asked for, over kept connections. */
export function openUpstreams(limits: UpstreamLimits): Upstreams {
  const pools = new Map<string, Pool>();

  function poolOf(origin: string): Pool {
    const known = pools.get(origin);
    if (known !== undefined) return known;
    const pool = new Pool(origin, {
      connect: { timeout: limits.connectTimeoutMs },
      headersTimeout: limits.firstByteTimeoutMs,
      bodyTimeout: limits.idleTimeoutMs,
      maxHeaderSize: limits.headerLimitBytes,
      keepAliveTimeout: KEEP_ALIVE_MS,
      pipelining: 1,
    });
    pools.set(origin, pool);
    return pool;
  }

  return {
    forward(request, receiver) {
      const exchange = new Exchange(request, receiver, poolOf(request.origin));
      exchange.start();
      return exchange;
    },
    openTunnel(request, protocol, receiver) {
      const exchange = new Upgrade(request, protocol, receiver, poolOf(request.origin));
      exchange.start();
      return exchange;
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

/**
 * Methods that mean the same when they are sent twice (RFC 9110 §9.2.2). `TRACE` and `CONNECT` have no place here.
 */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** A kept connection may be closed by the API at the moment it is used; so may the next one that was kept as long. */
const RETRIES = 2;

/** One request, and its answer. A class for its speed alone: undici asks for methods, and closures for each request cost. */
class Exchange implements UpstreamCall, Dispatcher.DispatchHandler {
  readonly #request: UpstreamRequest;
  readonly #receiver: AnswerReceiver;
  readonly #pool: Pool;
  #controller: Dispatcher.DispatchController | undefined;
  #retriesLeft: number;
  #isSent = false;
  /** 0: no answer began. */
  #status = 0;
  #isOver = false;

  constructor(request: UpstreamRequest, receiver: AnswerReceiver, pool: Pool) {
    this.#request = request;
    this.#receiver = receiver;
    this.#pool = pool;
    this.#retriesLeft = request.body === undefined && IDEMPOTENT.has(request.method) ? RETRIES : 0;
  }

  start(): void {
    const { method, target, headers, body } = this.#request;
    this.#isSent = false;
    // undici takes the list as it is and does not change it; its type wants one that it may.
    const options: Dispatcher.DispatchOptions = { method, path: target, headers: headers as string[] };
    // Its own clock runs while a body is sent, however long that takes.
    if (body !== undefined) Object.assign(options, { body, headersTimeout: 0 });
    this.dispatch(options);
  }

  protected dispatch(options: Dispatcher.DispatchOptions): void {
    this.#pool.dispatch(options, this);
  }

  /** True: it was not over yet. */
  protected finish(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    return true;
  }

  resume(): void {
    this.#controller?.resume();
  }

  abort(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#request.body?.destroy();
    this.#controller?.abort(new Error('nobody wants the answer'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#isSent = true;
    this.#controller = controller;
    if (this.#isOver) controller.abort(new Error('nobody wants the answer'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText?: string,
  ): void {
    if (status < 200 || this.#isOver) return;
    this.#status = status;
    // undici's type allows for its HTTP/2, where they are text.
    const raw = controller.rawHeaders as Buffer[];
    this.#receiver.head(status, statusText ?? '', answerHeaders(raw));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#isOver && !this.#receiver.chunk(chunk)) controller.pause();
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { rawTrailers } = controller;
    this.#receiver.end(
      rawTrailers === undefined || rawTrailers === null || rawTrailers.length === 0
        ? NO_TRAILERS
        : answerHeaders(rawTrailers as Buffer[]),
    );
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#isOver) return;
    // It tells the length of what was not modified (RFC 9110 §8.6); undici misses the bytes.
    if (this.#status === 304 && error instanceof errors.ResponseContentLengthMismatchError) {
      this.#isOver = true;
      this.#receiver.end(NO_TRAILERS);
      return;
    }
    const failure = upstreamFailureOf(error, this.#isSent);
    if (this.#retriesLeft > 0 && this.#status === 0 && isWorthAnother(failure)) {
      this.#retriesLeft -= 1;
      this.start();
      return;
    }
    this.#isOver = true;
    this.#request.body?.destroy();
    this.#receiver.fail(failure);
  }
}

/** A request that asks for another protocol on its connection. */
class Upgrade extends Exchange {
  readonly #protocol: string;
  readonly #receiver: TunnelReceiver;

  constructor(request: UpstreamRequest, protocol: string, receiver: TunnelReceiver, pool: Pool) {
    super(request, receiver, pool);
    this.#protocol = protocol;
    this.#receiver = receiver;
  }

  protected override dispatch(options: Dispatcher.DispatchOptions): void {
    super.dispatch({ ...options, upgrade: this.#protocol });
  }

  onRequestUpgrade(
    controller: Dispatcher.DispatchController,
    _status: number,
    _headers: unknown,
    socket: Duplex,
  ): void {
    if (!this.finish()) {
      socket.destroy();
      return;
    }
    // undici's type allows for its HTTP/2, where they are text.
    this.#receiver.opened(answerHeaders(controller.rawHeaders as Buffer[]), socket);
  }
}

const NO_TRAILERS: readonly string[] = [];

function isWorthAnother(failure: ReturnType<typeof upstreamFailureOf>): boolean {
  return failure === 'not_connected' || failure === 'connection_lost';
}
