import type { AppContext } from '../call-state.ts';
import { API_HEADERS } from '../headers.ts';
import { hideTokenTexts } from '../token-texts.ts';

/** Errors of RFC 6749 §5.2, RFC 6750 §3.1 and RFC 7009 §2.2.1 that are answered here. */
export type OauthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'insufficient_scope'
  | 'temporarily_unavailable';

export function oauthAnswer(
  context: AppContext,
  body: object | undefined,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const all = { ...API_HEADERS, 'x-request-id': context.env.call.requestId, ...headers };
  if (body === undefined) return new Response(null, { status: 200, headers: all });
  return new Response(JSON.stringify(body), {
    status: 200,
    headers: { 'content-type': 'application/json', ...all },
  });
}

export function oauthError(
  context: AppContext,
  status: 400 | 401 | 403 | 413 | 415 | 429,
  error: OauthErrorCode,
  detail: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Response {
  // RFC 6749 §5.2 allows neither quotes nor anything beyond ASCII in a description.
  const description = detail && hideTokenTexts(detail).replaceAll(/["\\]|[^\x20-\x7e]/g, "'");
  const body = { error, ...(description === undefined ? {} : { error_description: description }) };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...API_HEADERS,
      'content-type': 'application/json',
      'x-request-id': context.env.call.requestId,
      ...headers,
    },
  });
}
