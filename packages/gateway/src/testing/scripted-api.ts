import type { LatchkeyIdentity } from '@latchkey/verifier/middleware/guard';
import type { AnswerReceiver, Forward, UpstreamRequest } from '../upstream/forward.ts';
import type { UpstreamFailure } from '../upstream/upstream-failure.ts';

/** What an API answers to one request. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request that has arrived at the API and is not answered yet. */
export interface Arrived {
  readonly request: UpstreamRequest;
  readonly receiver: AnswerReceiver;
  isAborted(): boolean;
  resumed(): number;
  answer(answer: ScriptedAnswer): void;
}

/** An API behind a {@link Forward} without a network between. */
export interface ScriptedApi {
  readonly forward: Forward;
  readonly arrived: readonly Arrived[];
}

/** @param answer undefined: the request stays open until a test answers it */
export function scriptedApi(
  answer: (request: UpstreamRequest, number: number) => ScriptedAnswer | undefined,
): ScriptedApi {
  const arrived: Arrived[] = [];
  return {
    arrived,
    forward(request, receiver) {
      let isAborted = false;
      let resumed = 0;
      const here: Arrived = {
        request,
        receiver,
        isAborted: () => isAborted,
        resumed: () => resumed,
        answer: (told) => {
          if (!isAborted) tell(receiver, request, told);
        },
      };
      arrived.push(here);
      const told = answer(request, arrived.length);
      if (told !== undefined) tell(receiver, request, told);
      return {
        resume: () => {
          resumed += 1;
        },
        abort: () => {
          isAborted = true;
        },
      };
    },
  };
}

function tell(receiver: AnswerReceiver, { method }: UpstreamRequest, answer: ScriptedAnswer): void {
  const { status = 200, headers = {}, body = '' } = answer;
  receiver.head(status, '', Object.entries(headers).flat());
  if (method !== 'HEAD' && body !== '') receiver.chunk(Buffer.from(body));
  receiver.end([]);
}

/** What a client got. */
export interface Got {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly isEnded: boolean;
  readonly failure: UpstreamFailure | undefined;
}

export interface Asking {
  /** As it is now. */
  readonly got: () => Got;
  readonly whenOver: Promise<Got>;
  readonly abort: () => void;
  /** The client reads on. */
  readonly resume: () => void;
}

export interface AskOptions {
  readonly method?: string;
  readonly origin?: string;
  readonly target?: string;
  readonly headers?: readonly (readonly [string, string])[];
  /** Account and id in one. */
  readonly token?: string | undefined;
  /** Takes no more than one chunk until it is resumed. */
  readonly isSlow?: boolean;
}

/** The identity that a request with this token has. */
export function identityNamed(name: string): LatchkeyIdentity {
  // Only these are read.
  return {
    account: name,
    tokenId: name,
    scopes: [],
    usage: 'pk',
    exposedInUrl: false,
    expires: Number.POSITIVE_INFINITY,
    restrictedTo: { urls: false, applications: false, addresses: false },
  } as unknown as LatchkeyIdentity;
}

/** Sends a request through a `Forward`, as a door does. */
export function ask(forward: Forward, options: AskOptions = {}): Asking {
  const {
    method = 'GET',
    origin = 'http://api',
    target = '/a',
    headers = [],
    token,
    isSlow = false,
  } = options;
  const identity = token === undefined ? undefined : identityNamed(token);
  const told = token === undefined ? [] : ['Latchkey-Account', token, 'Latchkey-Token-Id', token];
  let status = 0;
  let heads: (readonly [string, string])[] = [];
  let body = '';
  let failure: UpstreamFailure | undefined;
  let isEnded = false;
  const got = (): Got => ({ status, headers: joined(heads), body, isEnded, failure });
  let resolve: (got: Got) => void = () => undefined;
  const whenOver = new Promise<Got>((done) => {
    resolve = done;
  });
  const call = forward(
    { method, origin, target, headers: [...headers.flat(), ...told], body: undefined, identity },
    {
      head(code, _, list) {
        if (status !== 0) throw new Error('a second head');
        status = code;
        heads = pairs(list);
      },
      chunk(chunk) {
        if (status === 0 || isEnded || failure !== undefined) throw new Error('a chunk out of place');
        body += Buffer.from(chunk).toString();
        return !isSlow;
      },
      end() {
        if (status === 0 || isEnded || failure !== undefined) throw new Error('an end out of place');
        isEnded = true;
        resolve(got());
      },
      fail(why) {
        if (isEnded || failure !== undefined) throw new Error('a failure out of place');
        failure = why;
        resolve(got());
      },
    },
  );
  return { got, whenOver, abort: () => call.abort(), resume: () => call.resume() };
}

function pairs(list: readonly string[]): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < list.length; at += 2)
    found.push([(list[at] ?? '').toLowerCase(), list[at + 1] ?? '']);
  return found;
}

function joined(heads: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of heads)
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  return headers;
}
