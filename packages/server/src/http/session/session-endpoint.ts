import type { ProblemCode } from '@latchkey/wire/native';
import type * as z from 'zod';
import type { FoundSession } from '../../people/sessions.ts';
import type { AppDeps } from '../app-deps.ts';
import type { Failure } from '../failure.ts';

/** What a handler gets of a call, parsed. */
export interface SessionCall<Body, Found> {
  readonly requestId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  /** The session of the cookie. */
  readonly found: Found;
  /** What the browser kept of a former sign-in. */
  readonly device: string | undefined;
  /** What the browser calls itself. */
  readonly client: string | null;
}

export type SessionReply =
  | {
      readonly ok: true;
      readonly status: 200 | 201 | 204;
      readonly body?: unknown;
      /** Values of `Set-Cookie`. */
      readonly cookies?: readonly string[];
    }
  | { readonly ok: false; readonly failure: Failure<ProblemCode> };

/** Who may call: `anybody`; `waiting`: who still has to show the second factor; `person`: who is signed in. */
type Who = 'anybody' | 'waiting' | 'person';

interface Described<B extends z.ZodType | undefined> {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** As OpenAPI writes it. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly body?: B;
  /** No limit holds the call up. Not set: what anybody may change is counted by address. */
  readonly isUncounted?: boolean;
  readonly success: {
    readonly status: 200 | 201 | 204;
    readonly schema?: z.ZodType;
    readonly description: string;
  };
}

/** An endpoint that belongs to the person in front of the browser, with the types of its input forgotten: parsing assures them. */
export interface SessionEndpoint extends Described<z.ZodType | undefined> {
  readonly who: Who;
  handle(deps: AppDeps, call: SessionCall<unknown, FoundSession | undefined>): Promise<SessionReply>;
}

type Input<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined;
type FoundFor<W extends Who> = W extends 'anybody' ? FoundSession | undefined : FoundSession;

/** Only pages of this server get an answer; see {@link isOwnPage}. */
export function sessionEndpoint<W extends Who, B extends z.ZodType | undefined = undefined>({
  handle,
  ...described
}: Described<B> & {
  readonly who: W;
  handle(deps: AppDeps, call: SessionCall<Input<B>, FoundFor<W>>): Promise<SessionReply>;
}): SessionEndpoint {
  return {
    ...described,
    handle(deps, call) {
      if (described.who !== 'anybody' && call.found === undefined) {
        throw new Error(`${described.operationId} was called without a session`);
      }
      // `call` was parsed by this declaration's own schema, and the session was just looked at.
      return handle(deps, call as SessionCall<Input<B>, FoundFor<W>>);
    },
  };
}
