import type { StepUpClass } from '@latchkey/core';

/** Why a call is refused, in terms of its API; the API's style turns it into an answer. */
export interface Failure<Code extends string> {
  readonly code: Code;
  /** What was seen and what would pass; never a token's text. */
  readonly detail?: string | undefined;
  /** The field of body or query at fault. */
  readonly field?: string | undefined;
  /** The scope that is lacking. */
  readonly scope?: string | undefined;
  /** The class of act that wants password or second factor again. */
  readonly stepUp?: StepUpClass | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What a handler answers with when all went well; without `body` the answer is empty. */
export interface Success {
  readonly status: 200 | 201 | 204;
  readonly body?: unknown;
  /** In place of a body: written as it is made. */
  readonly stream?: { readonly type: string; readonly pieces: AsyncIterable<string> };
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export type Reply<Code extends string> =
  | { readonly ok: true; readonly success: Success }
  | { readonly ok: false; readonly failure: Failure<Code> };

export function answer(
  status: Success['status'],
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): { readonly ok: true; readonly success: Success } {
  return { ok: true, success: { status, body, headers } };
}

/** Answers 200 with a body that is made while it is sent. */
export function stream(
  type: string,
  pieces: AsyncIterable<string>,
): { readonly ok: true; readonly success: Success } {
  return { ok: true, success: { status: 200, stream: { type, pieces } } };
}

export function fail<Code extends string>(
  code: Code,
  rest: Omit<Failure<Code>, 'code'> = {},
): { readonly ok: false; readonly failure: Failure<Code> } {
  return { ok: false, failure: { code, ...rest } };
}
