import { parseScope } from '@latchkey/core';
import type { Context } from 'hono';
import type { FeedCaller } from '../feed/feed-caller.ts';
import type { FeedRefusal } from '../feed/routes.ts';
import { failureOfDenied, nativeStyle } from './api-style.ts';
import type { AppDeps } from './app-deps.ts';
import { authenticate } from './authenticate.ts';
import type { Bindings } from './call-state.ts';
import { addressKey, clientAddress } from './client-address.ts';
import { readCheckRequest } from './read-check-request.ts';

type FeedContext = Context<{ Bindings: Bindings }>;

/** What a verifier's token needs. */
export const FEED_SCOPE = 'verifiers:sync';

/** Judges the verifier's own token; a failed try counts against its address. */
export async function authorizeFeed(deps: AppDeps, context: FeedContext): Promise<FeedCaller | Response> {
  const { incoming, call } = context.env;
  call.route = context.req.path;
  const address = clientAddress(incoming, deps.isTrustedProxy);
  const scope = parseScope(FEED_SCOPE);
  const policy = {
    requires: scope === undefined ? [] : [scope],
    // A stream's URL stands in many logs for a long time.
    secretInQuery: 'refuse',
    publicOrigin: deps.publicOrigin(),
  } as const;
  const result = await authenticate(deps, readCheckRequest(incoming, address), policy, call.requestId);
  if (result.ok) {
    const { token } = result.caller;
    const { id, account, expires, revision } = token;
    return { token: id, account, expires, revision };
  }
  const place = { requestId: call.requestId, baseUrl: '' };
  const taken = await deps.addressLimit.take(addressKey(address));
  if (!taken.allowed) return nativeStyle.render({ code: 'rate_limited', headers: taken.headers }, place);
  return nativeStyle.render(failureOfDenied(result.denied), place);
}

export function refuseFeed(context: FeedContext, { code, detail, field }: FeedRefusal): Response {
  return nativeStyle.render({ code, detail, field }, { requestId: context.env.call.requestId, baseUrl: '' });
}
