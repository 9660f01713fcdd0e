import { TooManyPasswords } from '../../people/password-hashing.ts';
import { type FoundSession, findSession } from '../../people/sessions.ts';
import type { AppDeps } from '../app-deps.ts';
import type { AppContext } from '../call-state.ts';
import { addressKey, clientAddress } from '../client-address.ts';
import type { Failure } from '../failure.ts';
import { SHED_RETRY_AFTER_SECONDS } from '../load-gate.ts';
import { parseBody } from '../parse-body.ts';
import { readBody } from '../read-body.ts';
import { DEVICE_COOKIE, readCookie, SESSION_COOKIE } from './cookies.ts';
import { isOwnPage } from './own-page.ts';
import { type PersonFailure, renderFailure, renderReply } from './render.ts';
import type { SessionEndpoint } from './session-endpoint.ts';

const SHED: Failure<'unavailable'> = {
  code: 'unavailable',
  detail: 'More calls come than the server can answer. Nothing was stored.',
  headers: { 'retry-after': String(SHED_RETRY_AFTER_SECONDS) },
};

/**
 * Runs one call through an endpoint of the session, always in the same order: the load that the server has, the page that calls, the
 * caller's address, the body, the session, the use case. The session is looked up when the whole body has come, so that nobody keeps one
 * alive beyond its end by a call that is held back.
 */
export async function runSessionEndpoint(
  endpoint: SessionEndpoint,
  deps: AppDeps,
  context: AppContext,
): Promise<Response> {
  const { incoming, call } = context.env;
  const { requestId } = call;
  const refuse = (failure: PersonFailure) => renderFailure(deps, failure, requestId);
  if (!(await deps.gate.enter())) return refuse(SHED);
  if (!isOwnPage(incoming.headers, configuredOrigin(deps))) return refuse(CROSS_SITE);

  if (endpoint.who === 'anybody' && endpoint.method !== 'get' && endpoint.isUncounted !== true) {
    const address = clientAddress(incoming, deps.isTrustedProxy);
    const taken = await deps.signInLimit.take(addressKey(address));
    if (!taken.allowed) return refuse({ code: 'rate_limited', headers: taken.headers });
  }

  const read = endpoint.body === undefined ? undefined : await readBody(incoming);
  const found = await sessionOf(deps, context);
  if (endpoint.who !== 'anybody' && found?.session.state !== STATES[endpoint.who]) return refuse(NOBODY);

  let body: unknown;
  if (endpoint.body !== undefined && read !== undefined) {
    if (!read.ok) return refuse(read.failure);
    const parsed = parseBody(read.value, endpoint.body);
    if (!parsed.ok) return refuse(parsed.failure);
    body = parsed.value;
  }
  try {
    const reply = await endpoint.handle(deps, {
      requestId,
      params: context.req.param(),
      body,
      found,
      device: readCookie(incoming.headers, DEVICE_COOKIE),
      client: incoming.headers['user-agent'] ?? null,
    });
    return reply.ok ? renderReply(deps, reply, requestId) : refuse(reply.failure);
  } catch (error) {
    if (error instanceof TooManyPasswords) return refuse(SHED);
    throw error;
  }
}

const STATES = { waiting: 'pending', person: 'signed_in' } as const;

const CROSS_SITE: PersonFailure = {
  code: 'cross_site_request',
  detail: 'Only pages of this server may call this, and the request does not say that it comes from one.',
};

const NOBODY: PersonFailure = { code: 'not_signed_in', detail: 'Nobody is signed in here. Sign in first.' };

async function sessionOf(deps: AppDeps, { env }: AppContext): Promise<FoundSession | undefined> {
  const credential = readCookie(env.incoming.headers, SESSION_COOKIE);
  return credential === undefined ? undefined : findSession(deps.people, credential);
}

function configuredOrigin({ publicUrl }: Pick<AppDeps, 'publicUrl'>): string | undefined {
  return publicUrl === undefined ? undefined : new URL(publicUrl).origin;
}
