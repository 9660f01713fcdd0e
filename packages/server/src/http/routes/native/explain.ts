import {
  type CheckRequest,
  type Decision,
  parseScope,
  type RouteMatch,
  type RouteTable,
  refusalHelp,
  refusalOf,
  type Scope,
  type Trace,
} from '@latchkey/core';
import {
  AnyExplainBodySchema,
  type ExplainBody,
  ExplainBodySchema,
  ExplainRefusalBodySchema,
  type Explanation,
  ExplanationSchema,
  type ProblemCode,
} from '@latchkey/wire/native';
import { explain } from '../../../tokens/explain.ts';
import { type ExplainedRefusal, explainRefusal } from '../../../usage/explain-refusal.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer, type Failure, fail } from '../../failure.ts';
import { isoTime } from '../../iso-time.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { hideTokenTexts } from '../../token-texts.ts';

export const explainEndpoint = nativeEndpoint({
  method: 'post',
  path: '/v1/explain',
  operationId: 'explain',
  summary: 'Explain a decision',
  description:
    'Judges a described request without making it, and lists every check with what it saw. Or tells why a request was refused, by the id that was answered with the refusal, once its verifier has reported it: within ten seconds.',
  requires: ['tokens:read'],
  body: AnyExplainBodySchema,
  chooseBody: (value) => ('requestId' in value ? ExplainRefusalBodySchema : ExplainBodySchema),
  takesTokenText: true,
  success: { status: 200, schema: ExplanationSchema, description: 'The decision and its trace.' },
  async handle(deps, caller, { body }) {
    if ('requestId' in body) {
      const found = await explainRefusal(deps, caller, body.requestId);
      return found.ok ? answer(200, refusalView(found.value)) : nativeFailure(found.refusal);
    }
    const request = describedRequest(body.request);
    const needed = scopesNeeded(body, request, deps.routes);
    if (!needed.ok) return needed;
    const outcome = await explain(deps, caller, {
      token: body.token,
      request,
      transport: body.request.transport ?? 'header',
      policy: {
        requires: needed.scopes,
        secretInQuery: deps.secretInQuery,
        publicOrigin:
          originOf(body.request.url) ?? originOf(needed.match?.service.baseUrl) ?? deps.publicOrigin(),
      },
    });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { decision, trace } = outcome.value;
    return answer(200, explanationView(decision, trace, needed));
  },
});

type DescribedRequest = Omit<CheckRequest, 'authorization' | 'queryToken'>;

function describedRequest(described: ExplainBody['request']): DescribedRequest {
  const headers = new Map(
    Object.entries(described.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const target = described.url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const path = target.replace(/[?#].*$/s, '');
  return {
    method: (described.method ?? 'GET').toUpperCase(),
    path: path === '' ? '/' : path,
    origin: headers.get('origin'),
    referer: headers.get('referer'),
    secFetchSite: headers.get('sec-fetch-site'),
    preflightMethod: headers.get('access-control-request-method'),
    iosBundleIdentifier: headers.get('x-ios-bundle-identifier'),
    androidPackage: headers.get('x-android-package'),
    userAgent: undefined,
    address: described.address,
  };
}

interface Needed {
  readonly ok: true;
  readonly scopes: readonly Scope[];
  readonly match: RouteMatch | undefined;
}

function scopesNeeded(
  body: ExplainBody,
  request: DescribedRequest,
  routes: RouteTable,
): Needed | { readonly ok: false; readonly failure: Failure<ProblemCode> } {
  if (body.scopes === undefined) {
    const match = routes.match(request.method, request.path);
    return { ok: true, scopes: match?.scopes ?? [], match };
  }
  const scopes: Scope[] = [];
  for (const [index, text] of body.scopes.entries()) {
    const scope = parseScope(text);
    if (scope === undefined) {
      const detail = 'This is not the name of a scope. Write it as styles:read.';
      return fail<ProblemCode>('scopes_invalid', { field: `scopes[${index}]`, detail });
    }
    scopes.push(scope);
  }
  return { ok: true, scopes, match: undefined };
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).origin : undefined;
}

function explanationView(decision: Decision, trace: Trace, { scopes, match }: Needed): Explanation {
  const { token } = decision;
  const refusal = decision.allow ? undefined : refusalOf(decision);
  return {
    allowed: decision.allow,
    reason: decision.allow ? null : decision.reason,
    status: refusal?.status ?? 200,
    message: refusal?.message ?? null,
    detail: decision.allow ? null : (decision.detail ?? refusalHelp(decision).sentence),
    fix: decision.allow ? null : refusalHelp(decision).fix,
    requires: [...scopes],
    route:
      match === undefined
        ? null
        : { service: match.service.name, path: match.route.path, methods: [...match.route.methods] },
    token: token === undefined ? null : { id: token.id, account: token.account.name, usage: token.usage },
    exposedInUrl: decision.allow && decision.exposedInUrl,
    trace: trace.map((step) => ({ ...step })),
  };
}

function refusalView({ row, refusal, token }: ExplainedRefusal): Explanation {
  const { reason, status, message, detail, fix, requires, method, service, origin, trace } = refusal;
  return {
    allowed: false,
    reason,
    status,
    message,
    detail: detail === null ? null : hideTokenTexts(detail),
    fix,
    requires: [...requires],
    route: null,
    token: token === undefined ? null : { id: token.id, account: token.account, usage: token.usage },
    exposedInUrl: false,
    refusal: { requestId: row.requestId, at: isoTime(row.at), method, service, origin },
    trace: trace.map((step) => ({ ...step, saw: hideTokenTexts(step.saw) })),
  };
}
