import { randomUUID } from 'node:crypto';
import type { CheckRequest, CountedPolicy, Denied, Policy } from '@latchkey/core';
import { isPreflight, refusalBody, refusalOf } from '@latchkey/core';
import type { Verifier } from '../verifier.ts';
import type { LatchkeyIdentity } from './identity.ts';
import { identityOf } from './identity.ts';
import type { Needed, Requires } from './required-scopes.ts';
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
  /** What usage is counted under where `requires` is no route table, which names its services itself; `default` by default. */
  readonly service?: string;
  /**
   * Addresses and CIDR ranges of gateways in front that ask a Latchkey door, or are one, and set or remove `Latchkey-Token-Id` on every
   * request: what they passed on with the id of the very token was counted by the door and is not counted again. Nobody by default.
   */
  readonly doors?: readonly string[];
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

/** @param countedAs the id of the token for which a door in front has counted this request, where it is to be believed */
export type Guard = (request: CheckRequest, countedAs?: string) => GuardVerdict;

/** What a guard asks: a verifier, or anything that decides. */
type Judge = Pick<Verifier, 'verify'> & Partial<Pick<Verifier, 'noteRefusal'>>;

const OPEN: GuardVerdict = { pass: true, identity: undefined };

/**
 * The part of every middleware that knows no framework: whoever writes an adapter of their own begins here.
 * @throws TypeError where an option is wrong
 */
export function createGuard(verifier: Judge, options: GuardOptions): Guard {
  const requiredScopes = compileRequires(options.requires);
  const { secretInQuery = 'flag', publicOrigin, onRefuse, requestId = randomUUID } = options;
  const unnamed = serviceNamed(options.service);
  /** The last one made: an API has few lists of scopes, and most have one. */
  let last: CountedPolicy = { requires: [], secretInQuery, publicOrigin, service: unnamed };

  function policyFor({ scopes: requires, service }: Needed, countedAs: string | undefined): CountedPolicy {
    const name = service?.name ?? unnamed;
    if (requires !== last.requires || name !== last.service) {
      last = { requires, secretInQuery, publicOrigin, service: name };
    }
    return countedAs === undefined ? last : { ...last, countedAs };
  }

  return (request, countedAs) => {
    if (isPreflight(request)) return OPEN;
    const needed = requiredScopes(request.method, request.path);
    if (needed === 'open') return OPEN;
    if (needed === undefined) return { pass: false, answer: noRoute(requestId()) };
    const policy = policyFor(needed, countedAs);
    const decision = verifier.verify(request, policy);
    if (decision.allow) return { pass: true, identity: identityOf(decision) };
    onRefuse?.(decision, request);
    const refusal = refusalOf(decision);
    const id = requestId();
    verifier.noteRefusal?.(id, decision, request, policy);
    const body = JSON.stringify(refusalBody(refusal, id));
    return { pass: false, answer: { status: refusal.status, headers: withBody(refusal.headers), body } };
  };
}

function serviceNamed(name: string | undefined): string | undefined {
  if (name === undefined || /^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) return name;
  throw new TypeError(`not the name of a service (a-z, 0-9 and "-"): ${JSON.stringify(name)}`);
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
