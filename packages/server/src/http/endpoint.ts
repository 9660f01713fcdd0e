import type { CheckRequest, Scope } from '@latchkey/core';
import { parseScope } from '@latchkey/core';
import type { ProblemCode } from '@latchkey/wire/native';
import type { TokensApiErrorCode } from '@latchkey/wire/tokens-api';
import type * as z from 'zod';
import type { Caller, MemberCaller, TokenCaller } from '../tokens/caller.ts';
import { admitMember } from './admit-member.ts';
import type { ApiStyle } from './api-style.ts';
import { nativeStyle, tokensApiStyle } from './api-style.ts';
import type { AppDeps } from './app-deps.ts';
import type { Failure, Reply } from './failure.ts';

/** What a handler gets of the call, parsed. */
export interface Call<Query, Body> {
  readonly requestId: string;
  /** Values of the path's `{…}`, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly idempotencyKey: string | undefined;
  readonly request: CheckRequest;
  /** Public URL of this server, without a trailing slash. */
  readonly baseUrl: string;
}

/** What the document of the API says of an endpoint, and by which its input is parsed. */
interface Described<Query extends z.ZodObject | undefined, Body extends z.ZodType | undefined> {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/tokens/v2/{account}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: Query;
  readonly body?: Body;
  /** Picks the schema that a body is held to, where `body` is a union: its errors then name the right fields. */
  readonly chooseBody?: (value: Readonly<Record<string, unknown>>) => z.ZodType<z.output<NonNullable<Body>>>;
  /** Checks, revocations and their proofs: they are answered under a load that sheds other calls. */
  readonly isUrgent?: boolean;
  readonly takesIdempotencyKey?: boolean;
  /** The text of a token may stand in the body; elsewhere it is taken for a mistake and refused. */
  readonly takesTokenText?: boolean;
  readonly success: {
    readonly status: 200 | 201 | 204;
    readonly schema?: z.ZodType;
    readonly description: string;
  };
}

type Input<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined;
type CallOf<Q extends z.ZodObject | undefined, B extends z.ZodType | undefined> = Call<Input<Q>, Input<B>>;

/** An endpoint of the API whose codes are `Code`, with the types of its input forgotten: parsing assures them. */
export interface Endpoint<Code extends string>
  extends Described<z.ZodObject | undefined, z.ZodType | undefined> {
  readonly style: ApiStyle<Code>;
  /** Scopes that the caller's token needs, all of them; undefined: anyone may call. */
  readonly requires: readonly Scope[] | undefined;
  /** How whoever is signed in becomes the caller; undefined: only tokens call. */
  readonly admitMember: AdmitMember<Code> | undefined;
  /** The answer to every token; undefined: tokens call. */
  readonly tokensRefused: Failure<Code> | undefined;
  /** What a call is counted against by the rate limit. */
  readonly counts: 'account' | 'address' | 'nobody';
  /** `caller` is there if and only if `requires` is. */
  handle(deps: AppDeps, caller: Caller | undefined, call: Call<unknown, unknown>): Promise<Reply<Code>>;
}

type AdmitMember<Code extends string> = (
  ...of: Parameters<typeof admitMember>
) => Promise<
  | { readonly ok: true; readonly value: MemberCaller }
  | { readonly ok: false; readonly failure: Failure<Code> }
  | undefined
>;

type Closed<
  Code extends string,
  By extends Caller,
  Q extends z.ZodObject | undefined,
  B extends z.ZodType | undefined,
> = Described<Q, B> & {
  /** Names of the scopes that the caller's token needs. */
  readonly requires: readonly string[];
  /** Left out: `account` in the Tokens API, `nobody` in the native API. */
  readonly counts?: 'account' | 'nobody';
  handle(deps: AppDeps, caller: By, call: CallOf<Q, B>): Promise<Reply<Code>>;
};

type Open<Code extends string, Q extends z.ZodObject | undefined> = Described<Q, undefined> & {
  readonly counts: 'address' | 'nobody';
  handle(deps: AppDeps, call: CallOf<Q, undefined>): Promise<Reply<Code>>;
};

/** An endpoint of the Tokens API: the caller's token needs every scope of `requires`. */
export function tokensApiEndpoint<
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(declaration: Closed<TokensApiErrorCode, TokenCaller, Q, B>): Endpoint<TokensApiErrorCode> {
  return closed({ style: tokensApiStyle, counts: 'account', isMeant: isToken }, declaration);
}

/** An endpoint of the native API: the caller, a token or a member, needs every scope of `requires`. */
export function nativeEndpoint<
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(declaration: Closed<ProblemCode, Caller, Q, B>): Endpoint<ProblemCode> {
  return closed({ style: nativeStyle, counts: 'nobody', isMeant: isAnybody, admitMember }, declaration);
}

/** An endpoint of the native API for people who are signed in: a token is refused, whatever it holds. */
export function memberEndpoint<
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(declaration: Omit<Closed<ProblemCode, MemberCaller, Q, B>, 'requires'>): Endpoint<ProblemCode> {
  const usual = { style: nativeStyle, counts: 'nobody', isMeant: isMember, admitMember } as const;
  return closed({ ...usual, tokensRefused: FOR_MEMBERS }, { requires: [], ...declaration });
}

const FOR_MEMBERS: Failure<ProblemCode> = {
  code: 'member_only',
  detail: 'People who are signed in may do this, tokens may not.',
};

/** An endpoint of the Tokens API that needs no token of the caller. */
export function openTokensApiEndpoint<Q extends z.ZodObject | undefined = undefined>(
  declaration: Open<TokensApiErrorCode, Q>,
): Endpoint<TokensApiErrorCode> {
  return open(tokensApiStyle, declaration);
}

/** An endpoint of the native API that needs no token of the caller. */
export function openNativeEndpoint<Q extends z.ZodObject | undefined = undefined>(
  declaration: Open<ProblemCode, Q>,
): Endpoint<ProblemCode> {
  return open(nativeStyle, declaration);
}

function closed<
  Code extends string,
  By extends Caller,
  Q extends z.ZodObject | undefined,
  B extends z.ZodType | undefined,
>(
  usual: {
    readonly style: ApiStyle<Code>;
    readonly counts: 'account' | 'nobody';
    readonly isMeant: (caller: Caller) => caller is By;
    readonly admitMember?: AdmitMember<Code>;
    readonly tokensRefused?: Failure<Code>;
  },
  { handle, requires, counts = usual.counts, ...described }: Closed<Code, By, Q, B>,
): Endpoint<Code> {
  return {
    ...described,
    style: usual.style,
    counts,
    admitMember: usual.admitMember,
    tokensRefused: usual.tokensRefused,
    requires: requires.map(named),
    handle: async (deps, caller, call) => {
      if (caller === undefined || !usual.isMeant(caller)) {
        throw new Error(`${described.operationId} was called without its caller`);
      }
      // `call` was parsed by this declaration's own schemas.
      return handle(deps, caller, call as CallOf<Q, B>);
    },
  };
}

function open<Code extends string, Q extends z.ZodObject | undefined>(
  style: ApiStyle<Code>,
  { handle, ...described }: Open<Code, Q>,
): Endpoint<Code> {
  return {
    ...described,
    style,
    requires: undefined,
    admitMember: undefined,
    tokensRefused: undefined,
    // `call` was parsed by this declaration's own schemas.
    handle: (deps, _caller, call) => handle(deps, call as CallOf<Q, undefined>),
  };
}

function isToken(caller: Caller): caller is TokenCaller {
  return caller.kind === 'token';
}

function isMember(caller: Caller): caller is MemberCaller {
  return caller.kind === 'member';
}

function isAnybody(_caller: Caller): _caller is Caller {
  return true;
}

function named(text: string): Scope {
  const scope = parseScope(text);
  if (scope === undefined) throw new TypeError(`not the name of a scope: ${text}`);
  return scope;
}
