import type { ServerResponse } from 'node:http';
import type { AnswerReceiver, UpstreamCall } from '../../upstream/forward.ts';
import type { UpstreamFailure } from '../../upstream/upstream-failure.ts';
import type { BodyFault, ClientBody } from './client-body.ts';
import { codeOfFailure, type DoorCode, doorAnswer } from './door-answers.ts';

export interface RelayWatch {
  readonly requestId: () => string;
  readonly onFailure: ((code: DoorCode, origin: string) => void) | undefined;
}

const CODE_OF_FAULT: Readonly<Record<BodyFault, DoorCode>> = {
  too_large: 'body_too_large',
  stalled: 'request_timeout',
  unanswered: 'upstream_timeout',
};

/** Copying more than this costs more than it spares. */
const SHORT_BYTES = 8_192;

/**
 * Passes an API's answer on to the client as fast as the client takes it. Where it fails before it began, the door answers; where it began,
 * the connection is cut, so that nobody takes half an answer for a whole one. A class for its speed: there is one for each request.
 */
export class Relay implements AnswerReceiver {
  readonly #response: ServerResponse;
  readonly #origin: string;
  readonly #watch: RelayWatch;
  #body: ClientBody | undefined;
  #call: UpstreamCall | undefined;
  /** Of an answer of which nothing has come yet; 0: unknown, or begun. */
  #lengthToCome = 0;
  #isWaiting = false;
  #isOver = false;

  constructor(response: ServerResponse, origin: string, watch: RelayWatch) {
    this.#response = response;
    this.#origin = origin;
    this.#watch = watch;
  }

  /** Ties the answer to the client: whose connection goes, wants no answer. */
  begin(call: UpstreamCall): void {
    this.#call = call;
    if (this.#isOver) return;
    this.#response.once('close', () => this.#stop());
  }

  /** The body that the answer is to. */
  watchBody(body: ClientBody): void {
    this.#body = body;
  }

  head(status: number, statusText: string, headers: readonly string[]): void {
    const body = this.#body;
    body?.answered();
    // What the client still sends of its body would be read as its next request.
    const told = body === undefined || body.isThrough ? headers : [...headers, 'Connection', 'close'];
    this.#lengthToCome = lengthOf(headers);
    // Node takes the list as it is and does not change it; its type wants one that it may.
    this.#response.writeHead(status, statusText, told as string[]);
  }

  chunk(bytes: Uint8Array): boolean {
    if (this.#lengthToCome > 0 && bytes.length === this.#lengthToCome) {
      // The whole answer in one piece, as most are: Node then writes head and body at once, and has its end in the same turn.
      this.#lengthToCome = 0;
      this.#response.end(bytes.length <= SHORT_BYTES ? latin1(bytes) : bytes, 'latin1');
      return true;
    }
    this.#lengthToCome = 0;
    const isTaken = this.#response.write(bytes);
    if (!isTaken && !this.#isWaiting) {
      this.#isWaiting = true;
      this.#response.once('drain', () => {
        this.#isWaiting = false;
        this.#call?.resume();
      });
    }
    return isTaken;
  }

  end(trailers: readonly string[]): void {
    this.#isOver = true;
    if (trailers.length > 0) this.#response.addTrailers(pairs(trailers));
    this.#response.end();
  }

  fail(failure: UpstreamFailure): void {
    this.#giveUp(codeOfFailure(failure));
  }

  /** What the {@link ClientBody} is to call. */
  breakOff(fault: BodyFault): void {
    this.#giveUp(CODE_OF_FAULT[fault]);
    this.#call?.abort();
  }

  #giveUp(code: DoorCode): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#body?.answered();
    this.#watch.onFailure?.(code, this.#origin);
    const response = this.#response;
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status, headers, body } = doorAnswer(code, this.#watch.requestId());
    // A client that still sends its body is not read to its end.
    const isSending = this.#body !== undefined && !this.#body.isThrough;
    const connection = isSending ? { Connection: 'close' } : {};
    response
      .writeHead(status, { ...headers, ...connection, 'Content-Length': Buffer.byteLength(body) })
      .end(body);
  }

  #stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#body?.answered();
    this.#call?.abort();
  }
}

/** What `Content-Length` says; 0 where it does not. */
function lengthOf(headers: readonly string[]): number {
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? '';
    if (name.length === 14 && name.toLowerCase() === 'content-length') return Number(headers[at + 1]);
  }
  return 0;
}

/** One character a byte. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function pairs(list: readonly string[]): [string, string][] {
  const found: [string, string][] = [];
  for (let at = 0; at + 1 < list.length; at += 2) found.push([list[at] ?? '', list[at + 1] ?? '']);
  return found;
}
