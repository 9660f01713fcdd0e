import type { CheckRequest } from '@latchkey/core';
import type * as z from 'zod';
import type { Caller } from '../tokens/caller.ts';
import { failureOfDenied, type SharedCode } from './api-style.ts';
import type { AppDeps } from './app-deps.ts';
import { authenticate } from './authenticate.ts';
import { baseUrlOf } from './base-url.ts';
import type { AppContext } from './call-state.ts';
import { addressKey, clientAddress } from './client-address.ts';
import type { Endpoint } from './endpoint.ts';
import type { Failure, Success } from './failure.ts';
import { API_HEADERS } from './headers.ts';
import { SHED_RETRY_AFTER_SECONDS } from './load-gate.ts';
import { parseBody } from './parse-body.ts';
import { parseQuery } from './parse-query.ts';
import { heldAnswer, preferredWait } from './prefer-wait.ts';
import { readBody } from './read-body.ts';
import { readCheckRequest, splitTarget } from './read-check-request.ts';
import { secretTextIn } from './token-texts.ts';

const SHED: Failure<SharedCode> = {
  code: 'unavailable',
  detail: 'More calls come than the server can answer. Nothing was stored.',
  headers: { 'retry-after': String(SHED_RETRY_AFTER_SECONDS) },
};

type Step<T, Code extends string = SharedCode> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure<Code> };

/**
 * Runs one call through an endpoint, always in the same order: the load that the server has, the caller's token, the account of the path, the scopes,
 * the rate limit, query and body, the use case. The order is the same whatever the path names, so that no answer tells
 * whether another's thing exists.
 */
export async function runEndpoint<Code extends string>(
  endpoint: Endpoint<Code>,
  deps: AppDeps,
  context: AppContext,
): Promise<Response> {
  const { incoming, call } = context.env;
  const address = clientAddress(incoming, deps.isTrustedProxy);
  const request = readCheckRequest(incoming, address);
  const refuse = (failure: Failure<Code | SharedCode>, limits: Readonly<Record<string, string>> = {}) =>
    endpoint.style.render(
      { ...failure, headers: { ...limits, ...failure.headers } },
      { requestId: call.requestId, baseUrl: baseUrlOf(deps, context) },
    );

  // Before anything that costs: what is shed has to cost next to nothing.
  if (endpoint.isUrgent !== true && !(await deps.gate.enter())) return refuse(SHED);

  const judged = await judgeCaller(endpoint, deps, request, context);
  if (!judged.ok) {
    const taken = await deps.addressLimit.take(addressKey(address));
    return taken.allowed ? refuse(judged.failure) : refuse({ code: 'rate_limited' }, taken.headers);
  }
  const caller = judged.value;

  const taken = await count(endpoint, deps, caller, address);
  if (!taken.allowed) return refuse({ code: 'rate_limited' }, taken.headers);

  const foreign = caller && foreignAccount(context, caller.account.name);
  if (foreign !== undefined) return refuse(foreign, taken.headers);

  const input = await readInput(endpoint, context);
  if (!input.ok) return refuse(input.failure, taken.headers);

  const reply = await endpoint.handle(deps, caller, {
    requestId: call.requestId,
    params: context.req.param(),
    ...input.value,
    request,
    baseUrl: baseUrlOf(deps, context),
  });
  if (!reply.ok) return refuse(reply.failure, taken.headers);
  const waitSeconds = endpoint.method === 'get' ? undefined : preferredWait(incoming);
  const success =
    waitSeconds === undefined ? reply.success : await heldAnswer(deps, reply.success, waitSeconds);
  return respond(success, call.requestId, taken.headers);
}

async function judgeCaller<Code extends string>(
  endpoint: Endpoint<Code>,
  deps: AppDeps,
  request: CheckRequest,
  context: AppContext,
): Promise<Step<Caller | undefined, Code | SharedCode>> {
  const { requestId } = context.env.call;
  if (endpoint.requires === undefined) return { ok: true, value: undefined };
  // Whoever sends a token is judged by it alone.
  if (request.authorization === undefined && request.queryToken === undefined) {
    const { incoming } = context.env;
    const admitted = await endpoint.admitMember?.(deps, incoming, endpoint.requires, requestId);
    if (admitted !== undefined) return admitted;
  }
  const policy = {
    requires: endpoint.requires,
    secretInQuery: endpoint.style.name === 'tokens' ? 'accept' : deps.secretInQuery,
    publicOrigin: deps.publicOrigin(),
  } as const;
  const result = await authenticate(deps, request, policy, requestId);
  if (!result.ok) {
    const { reason, token } = result.denied;
    // Scopes are asked for the caller's own account only.
    const foreign =
      reason === 'insufficient_scope' && token !== undefined && foreignAccount(context, token.account.name);
    return { ok: false, failure: foreign || failureOfDenied(result.denied) };
  }
  if (endpoint.tokensRefused !== undefined) return { ok: false, failure: endpoint.tokensRefused };
  const repeated = repeatedEvidence(request);
  if (repeated !== undefined) return { ok: false, failure: repeated };
  if (result.exposedInUrl) {
    deps.log.warn({ requestId, token: result.caller.token.id }, 'a secret token came in a query string');
  }
  return { ok: true, value: result.caller };
}

/** No client sends these twice; where the token is restricted, the decision has refused it already. */
function repeatedEvidence({ origin, referer }: CheckRequest): Failure<SharedCode> | undefined {
  const name = typeof referer === 'object' ? 'Referer' : typeof origin === 'object' ? 'Origin' : undefined;
  return name && { code: 'invalid_request', detail: `${name} came more than once. Send it once.` };
}

/** The refusal of a path that names another account than the caller's; undefined: it does not. */
function foreignAccount(context: AppContext, own: string): Failure<SharedCode> | undefined {
  const named = context.req.param('account');
  if (named === undefined || named === own) return undefined;
  return { code: 'account_not_found', detail: 'There is no such account.', field: 'account' };
}

async function count<Code extends string>(
  endpoint: Endpoint<Code>,
  deps: AppDeps,
  caller: Caller | undefined,
  address: string | undefined,
): ReturnType<AppDeps['accountLimit']['take']> {
  if (endpoint.counts === 'account' && caller !== undefined)
    return deps.accountLimit.take(caller.account.name);
  if (endpoint.counts === 'address') return deps.addressLimit.take(addressKey(address));
  return { allowed: true, headers: {} };
}

async function readInput<Code extends string>(
  endpoint: Endpoint<Code>,
  context: AppContext,
): Promise<Step<{ query: unknown; body: unknown; idempotencyKey: string | undefined }, Code | SharedCode>> {
  const { incoming } = context.env;
  let query: unknown;
  if (endpoint.query !== undefined) {
    const parsed = parseQuery(splitTarget(incoming.url ?? '/').query, endpoint.query);
    if (!parsed.ok) {
      const { parameter: field, detail } = parsed;
      if (parsed.repeated) return { ok: false, failure: { code: 'invalid_request', field, detail } };
      return { ok: false, failure: { code: endpoint.style.queryCode(field), field, detail } };
    }
    query = parsed.value;
  }
  let body: unknown;
  if (endpoint.body !== undefined) {
    const read = await readBody(incoming);
    if (!read.ok) return { ok: false, failure: read.failure };
    const misplaced = endpoint.takesTokenText === true ? undefined : secretTextIn(read.value);
    if (misplaced !== undefined) {
      const detail = 'This field holds the text of a secret token. Leave it out: it would be kept in clear.';
      return { ok: false, failure: { code: 'body_invalid', field: misplaced.field, detail } };
    }
    const schema: z.ZodType = endpoint.chooseBody?.(read.value) ?? endpoint.body;
    const parsed = parseBody(read.value, schema);
    if (!parsed.ok) return { ok: false, failure: parsed.failure };
    body = parsed.value;
  }
  return { ok: true, value: { query, body, idempotencyKey: idempotencyKeyOf(endpoint, context) } };
}

function idempotencyKeyOf<Code extends string>(
  endpoint: Endpoint<Code>,
  context: AppContext,
): string | undefined {
  if (endpoint.takesIdempotencyKey !== true) return undefined;
  const values = context.env.incoming.headersDistinct['idempotency-key'];
  // Repeated keys become one text that no key may be, because of the comma.
  return values?.join(', ');
}

function respond(success: Success, requestId: string, limits: Readonly<Record<string, string>>): Response {
  const { status, body } = success;
  const headers = { ...API_HEADERS, 'x-request-id': requestId, ...limits, ...success.headers };
  if (success.stream !== undefined) {
    const { type, pieces } = success.stream;
    return new Response(bytesOf(pieces), { status, headers: { 'content-type': type, ...headers } });
  }
  if (body === undefined) return new Response(null, { status, headers });
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** Reads the next piece when the last one was sent. A piece that cannot be made cuts the answer off. */
function bytesOf(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
