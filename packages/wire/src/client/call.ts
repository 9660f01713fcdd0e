import * as z from 'zod';
import { LatchkeyApiError, LatchkeyUnreachableError } from './api-error.ts';

export interface ClientOptions {
  /** Where the server is: `http://127.0.0.1:8420`. A path is kept, a trailing slash is not needed. */
  readonly url: string;
  /** Sent as Bearer, never logged and never put into an error. Left out: only open calls work. */
  readonly token?: string | undefined;
  /** In a browser, on the server's own origin: the person's session cookie is sent. Left out: no cookie ever is. */
  readonly session?: true | undefined;
  /** For which account a session call is, sent as `Latchkey-Account`; needed where the person belongs to several. */
  readonly account?: string | undefined;
  /** How long one call may take. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

export interface CallOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly body?: unknown;
  readonly idempotencyKey?: string | undefined;
  /** Asks the server to hold the answer to a change for verifiers, at most 30. */
  readonly waitSeconds?: number | undefined;
  /** Leave the client's own token out. */
  readonly anonymous?: boolean | undefined;
}

export interface Answer<T> {
  readonly value: T;
  readonly headers: Headers;
}

/** Makes one call and parses its answer with `schema`; null: the answer has no body. */
export type Call = <T>(
  method: string,
  path: string,
  schema: z.ZodType<T> | null,
  options?: CallOptions,
) => Promise<Answer<T>>;

const DEFAULT_TIMEOUT_MS = 30_000;

/** What a header can carry; anything else would be told in full by the error of `fetch`. */
const SENDABLE = /^[\x21-\x7e]+$/;

export function isSendableToken(text: string): boolean {
  return SENDABLE.test(text);
}

/** @throws TypeError when `url` is not an absolute http(s) URL, or the token holds what a header cannot carry */
export function createCall(options: ClientOptions): Call {
  if (options.token !== undefined && !isSendableToken(options.token)) {
    throw new TypeError('the token holds characters that no token has');
  }
  const base = parseBase(options.url);
  const send = options.fetch ?? fetch;
  const credentials = options.session === true ? 'same-origin' : 'omit';
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;

  return async (method, path, schema, call = {}) => {
    const target = new URL(`${base}${path}`);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    const headers: Record<string, string> = { accept: 'application/json' };
    if (options.token !== undefined && call.anonymous !== true)
      headers.authorization = `Bearer ${options.token}`;
    if (call.body !== undefined) headers['content-type'] = 'application/json';
    if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey;
    if (options.account !== undefined) headers['latchkey-account'] = options.account;
    if (call.waitSeconds !== undefined) headers.prefer = `wait=${call.waitSeconds}`;

    const limitMs = timeoutMs + (call.waitSeconds ?? 0) * 1000;
    const { response, text } = await receive(base, limitMs, async (signal) => {
      const body = call.body === undefined ? null : JSON.stringify(call.body);
      const response = await send(target, { method, headers, body, signal, credentials, redirect: 'error' });
      return { response, text: await response.text() };
    });
    if (!response.ok) throw refusalOf(response, text, base);
    return { value: parseAnswer(text, schema, base), headers: response.headers };
  };
}

function parseBase(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw new TypeError(`not an absolute http(s) URL: ${url}`);
  }
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '');
}

async function receive<T>(
  base: string,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await work(signal);
  } catch (error) {
    if (signal.aborted) {
      throw new LatchkeyUnreachableError('timeout', `${base} did not answer within ${timeoutMs / 1000} s`);
    }
    throw new LatchkeyUnreachableError(
      'connection_failed',
      `Cannot reach ${base}: ${reasonOf(error)}`,
      error,
    );
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  const { cause } = error;
  if (cause instanceof Error && cause.message !== '') return cause.message;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error.message;
}

const RefusalSchema = z.object({
  message: z.string().optional(),
  title: z.string().optional(),
  code: z.string(),
  detail: z.string().optional(),
  field: z.string().optional(),
  requestId: z.string().optional(),
  class: z.string().optional(),
});

function refusalOf(response: Response, text: string, base: string): Error {
  const refusal = RefusalSchema.safeParse(parseJson(text));
  if (!refusal.success) {
    const message = `${base} answered ${response.status} without a reason: is this a Latchkey server?`;
    return new LatchkeyUnreachableError('unexpected_answer', message);
  }
  const { message, title, class: stepUp, ...rest } = refusal.data;
  const retryAfter = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return new LatchkeyApiError({
    ...rest,
    stepUp,
    status: response.status,
    message: message ?? title ?? rest.code,
    retryAfterSeconds: Number.isNaN(retryAfter) ? undefined : retryAfter,
  });
}

function parseAnswer<T>(text: string, schema: z.ZodType<T> | null, base: string): T {
  // A call that has no body declares T as undefined.
  if (schema === null) return undefined as T;
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  // The issues are told without their input: an answer may hold a secret token.
  const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  const message = `${base} answered something else than this client knows (${where}): are both of one version?`;
  throw new LatchkeyUnreachableError('unexpected_answer', message);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
