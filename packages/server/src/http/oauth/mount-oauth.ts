import { parseScope, type Scope } from '@latchkey/core';
import type { TokenRow } from '../../store/rows.ts';
import type { Caller } from '../../tokens/caller.ts';
import { introspectToken } from '../../tokens/introspect-token.ts';
import type { Refusal } from '../../tokens/refusal.ts';
import { revokeTokenText } from '../../tokens/revoke-token-text.ts';
import type { AppDeps } from '../app-deps.ts';
import type { App, AppContext } from '../call-state.ts';
import { heldAnswer, preferredWait } from '../prefer-wait.ts';
import { readCheckRequest } from '../read-check-request.ts';
import { revisionHeader } from '../revision-header.ts';
import { authenticateClient } from './authenticate-client.ts';
import { oauthAnswer, oauthError } from './oauth-answer.ts';
import { readForm } from './read-form.ts';

export const INTROSPECT_PATH = '/oauth2/introspect';
export const REVOKE_PATH = '/oauth2/revoke';

/** Introspection (RFC 7662) and revocation (RFC 7009) for clients that know no API but the standard ones. */
export function mountOauth(app: App, deps: AppDeps): void {
  mount(app, deps, INTROSPECT_PATH, 'tokens:read', async (context, caller, text) => {
    const outcome = await introspectToken(deps, caller, text);
    if (!outcome.ok) return refused(context, outcome.refusal);
    if (outcome.value === null) return oauthAnswer(context, { active: false });
    // Whoever asks lets the token in, and no verifier reports that.
    deps.noteUse(outcome.value, readCheckRequest(context.env.incoming, undefined));
    return oauthAnswer(context, introspection(outcome.value));
  });
  mount(app, deps, REVOKE_PATH, 'tokens:write', async (context, caller, text) => {
    const taken = await deps.accountLimit.take(caller.account.name);
    if (!taken.allowed) {
      return oauthError(context, 429, 'temporarily_unavailable', 'Too many calls', taken.headers);
    }
    const outcome = await revokeTokenText(deps, caller, text);
    if (!outcome.ok) return refused(context, outcome.refusal);
    const success = { status: 200, headers: revisionHeader(outcome.revision) } as const;
    const waitSeconds = preferredWait(context.env.incoming);
    const { headers } = waitSeconds === undefined ? success : await heldAnswer(deps, success, waitSeconds);
    return oauthAnswer(context, undefined, headers);
  });
}

function mount(
  app: App,
  deps: AppDeps,
  path: string,
  scopeName: string,
  handle: (context: AppContext, caller: Caller, text: string) => Promise<Response>,
): void {
  const scope = named(scopeName);
  app.post(path, async (context) => {
    context.env.call.route = path;
    const caller = await authenticateClient(deps, context, scope);
    if (caller instanceof Response) return caller;
    const form = await readForm(context.env.incoming);
    if (!form.ok) return oauthError(context, form.status, 'invalid_request', form.detail);
    const text = form.fields.get('token');
    if (text === undefined || text === '') {
      return oauthError(context, 400, 'invalid_request', 'The parameter token is missing');
    }
    return handle(context, caller, text);
  });
}

/** RFC 7662 §2.2, and `restrictions`: whoever relies on the answer has to obey them. Times are unix seconds there. */
function introspection(row: TokenRow): object {
  return {
    active: true,
    scope: row.scopes.join(' '),
    client_id: row.account,
    sub: row.account,
    token_type: 'Bearer',
    jti: row.id,
    iat: Math.floor(row.createdAt / 1000),
    ...(row.expires === null ? {} : { exp: Math.floor(row.expires / 1000) }),
    restrictions: row.restrictions,
  };
}

/** The caller lost its right while the call ran. */
function refused(context: AppContext, { code, detail }: Refusal): Response {
  if (code === 'insufficient_scope') return oauthError(context, 403, code, detail);
  return oauthError(context, 401, 'invalid_client', detail, {
    'www-authenticate': 'Bearer realm="Latchkey", error="invalid_token"',
  });
}

function named(text: string): Scope {
  const scope = parseScope(text);
  if (scope === undefined) throw new TypeError(`not the name of a scope: ${text}`);
  return scope;
}
