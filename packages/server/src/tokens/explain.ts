import type { CheckRequest, Decision, Policy, Trace } from '@latchkey/core';
import type { Caller } from './caller.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './outcome.ts';

export interface ExplainInput {
  /** A token's id, or its text. */
  readonly token: string;
  /** The described request; `authorization` and `queryToken` are filled in here, by `transport`. */
  readonly request: Omit<CheckRequest, 'authorization' | 'queryToken'>;
  readonly transport: 'header' | 'query';
  /** Scopes of the route that the request meets, and the installation's own settings. */
  readonly policy: Policy;
}

export interface Explanation {
  readonly decision: Decision;
  readonly trace: Trace;
}

/** Needs `tokens:read`, and the token's account or the operator's. A foreign text is explained as an unknown one; a foreign id is `token_not_found`. */
export async function explain(
  _deps: Pick<Deps, 'store' | 'now' | 'hash'>,
  _caller: Caller,
  _input: ExplainInput,
): Promise<Outcome<Explanation>> {
  throw new Error('not built yet');
}
