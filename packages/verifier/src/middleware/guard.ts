import { randomUUID } from 'node:crypto';
import type { CheckRequest, Denied, Policy } from '@latchkey/core';
import { isPreflight, refusalBody, refusalOf } from '@latchkey/core';
import type { Verifier } from '../verifier.ts';
import type { LatchkeyIdentity } from './identity.ts';
import { identityOf } from './identity.ts';
import type { Requires } from './required-scopes.ts';
import { compileRequires } from './required-scopes.ts';

/** What all middlewares take. */
export interface GuardOptions {
  readonly requires: Requires;
  /** What happens to a secret token in a query string; `flag` (pass, and tell the handler) by default. */
  readonly secretInQuery?: Policy['secretInQuery'];
  /** The API's own origin, `https://api.example.com`: the evidence of its own pages' requests that carry no Origin or Referer. */
  readonly publicOrigin?: string;
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-For` is believed; nobody by default. */
  readonly trustedProxies?: readonly string[];
  /** Told of each refusal, for logs and metrics. What it throws is thrown to the framework. */
  readonly onRefuse?: (denied: Denied, request: CheckRequest) => void;
  /** Names the request in its refusal; a random UUID by default. */
  readonly requestId?: () => string;
}

export type { LatchkeyIdentity } from './identity.ts';
export type { Requires } from './required-scopes.ts';

export type GuardVerdict =
  /** Call the handler. Without an identity: a CORS preflight, or a route that is open. */
  | { readonly pass: true; readonly identity: LatchkeyIdentity | undefined }
  | { readonly pass: false; readonly answer: GuardAnswer };

/** An HTTP answer in no framework's terms. */
export interface GuardAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Guard = (request: CheckRequest) => GuardVerdict;

const OPEN: GuardVerdict = { pass: true, identity: undefined };

/**
 * The part of every middleware that knows no framework: whoever writes an adapter of their own begins here.
 * @throws TypeError where an option is wrong
 */
export function createGuard(verifier: Pick<Verifier, 'verify'>, options: GuardOptions): Guard {
  const requiredScopes = compileRequires(options.requires);
  const { secretInQuery = 'flag', publicOrigin, onRefuse, requestId = randomUUID } = options;
  /** The last one made: an API has few lists of scopes, and most have one. */
  let policy: Policy = { requires: [], secretInQuery, publicOrigin };

  return (request) => {
    if (isPreflight(request)) return OPEN;
    const requires = requiredScopes(request.method, request.path);
    if (requires === 'open') return OPEN;
    if (requires === undefined) return { pass: false, answer: noRoute(requestId()) };
    if (requires !== policy.requires) policy = { requires, secretInQuery, publicOrigin };
    const decision = verifier.verify(request, policy);
    if (decision.allow) return { pass: true, identity: identityOf(decision) };
    onRefuse?.(decision, request);
    const refusal = refusalOf(decision);
    const body = JSON.stringify(refusalBody(refusal, requestId()));
    return { pass: false, answer: { status: refusal.status, headers: withBody(refusal.headers), body } };
  };
}

/** A page must be able to read this answer too. */
function noRoute(requestId: string): GuardAnswer {
  const body = JSON.stringify({ message: 'Not Found', code: 'route_not_found', requestId });
  const headers = withBody({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After',
    'Cache-Control': 'no-store',
  });
  return { status: 404, headers, body };
}

function withBody(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...headers, 'Content-Type': 'application/json; charset=utf-8' };
}
