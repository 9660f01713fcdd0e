import type { CheckRequest, Scope } from '@latchkey/core';
import type { TokenCaller } from '../../tokens/caller.ts';
import { failureOfDenied } from '../api-style.ts';
import type { AppDeps } from '../app-deps.ts';
import { authenticate } from '../authenticate.ts';
import type { AppContext } from '../call-state.ts';
import { addressKey, clientAddress } from '../client-address.ts';
import { readCheckRequest } from '../read-check-request.ts';
import { oauthError } from './oauth-answer.ts';
import { formDecode } from './read-form.ts';

/**
 * The caller of an OAuth endpoint: a token as Bearer, or, for clients that know only that (RFC 6749 §2.3.1), as the
 * password of Basic with its account's name as user. The same decision judges it as everywhere; a failed try counts against
 * its address. Answers the caller, or the refusal to send.
 */
export async function authenticateClient(
  deps: AppDeps,
  context: AppContext,
  scope: Scope,
): Promise<TokenCaller | Response> {
  const { incoming, call } = context.env;
  const address = clientAddress(incoming, deps.isTrustedProxy);
  const sent = readCheckRequest(incoming, address);
  const basic = readBasic(sent);
  const request =
    basic === undefined ? sent : { ...sent, authorization: `Bearer ${basic.password || 'none'}` };
  const policy = {
    requires: [scope],
    secretInQuery: 'refuse',
    publicOrigin: deps.publicOrigin(),
  } as const;
  const result = await authenticate(deps, request, policy, call.requestId);
  if (result.ok && (basic === undefined || basic.user === result.caller.account.name)) return result.caller;

  const taken = await deps.addressLimit.take(addressKey(address));
  if (!taken.allowed) {
    return oauthError(context, 429, 'temporarily_unavailable', 'Too many failed calls', taken.headers);
  }
  const {
    code,
    detail,
    headers = {},
  } = result.ok ? { code: 'unknown_token', detail: undefined } : failureOfDenied(result.denied);
  if (code === 'invalid_request') return oauthError(context, 400, code, detail);
  if (code === 'insufficient_scope') return oauthError(context, 403, code, detail, headers);
  const challenge = basic === undefined ? headers : { 'www-authenticate': 'Basic realm="Latchkey"' };
  return oauthError(context, 401, 'invalid_client', 'The client is not authenticated', {
    'www-authenticate': 'Bearer realm="Latchkey", error="invalid_token"',
    ...challenge,
  });
}

interface Basic {
  readonly user: string;
  readonly password: string;
}

/** Undefined where the client did not try Basic; what cannot be read has an empty password. */
function readBasic({ authorization }: CheckRequest): Basic | undefined {
  if (typeof authorization !== 'string' || !/^basic(?: |$)/i.test(authorization)) return undefined;
  const unreadable = { user: '', password: '' };
  const encoded = authorization.slice('basic '.length).trim();
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return unreadable;
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  const decoded = { user: formDecode(user ?? ''), password: formDecode(password ?? '') };
  if (decoded.user === undefined || decoded.password === undefined) return unreadable;
  return /^[\x21-\x7e]*$/.test(decoded.password)
    ? { user: decoded.user, password: decoded.password }
    : unreadable;
}
