import { PROBLEMS, type ProblemCode, problemType } from '@latchkey/wire/native';
import type { PeopleRefusal } from '../../people/refusal.ts';
import type { AppDeps } from '../app-deps.ts';
import type { Failure } from '../failure.ts';
import { hideTokenTexts } from '../token-texts.ts';
import type { SessionReply } from './session-endpoint.ts';

export type PersonFailure = Failure<ProblemCode>;

/** No page of another origin reads any of it, and nothing keeps it. */
const HEADERS = {
  'cache-control': 'private, no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  vary: 'Cookie, Sec-Fetch-Site, Origin',
} as const;

const HSTS = 'max-age=63072000; includeSubDomains';

type Place = Pick<AppDeps, 'publicUrl'>;

function headersOf({ publicUrl }: Place, requestId: string, rest: Readonly<Record<string, string>>): Headers {
  const headers = new Headers({ ...HEADERS, 'x-request-id': requestId, ...rest });
  if (publicUrl?.startsWith('https://')) headers.set('strict-transport-security', HSTS);
  return headers;
}

/** `application/problem+json`, RFC 9457. */
export function renderFailure(place: Place, failure: PersonFailure, requestId: string): Response {
  const { code, detail, field, stepUp } = failure;
  const { status, title } = PROBLEMS[code];
  const body = {
    type: problemType(code),
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail: hideTokenTexts(detail) }),
    ...(field === undefined ? {} : { field: hideTokenTexts(field) }),
    ...(stepUp === undefined ? {} : { class: stepUp }),
    requestId,
  };
  const headers = headersOf(place, requestId, {
    'content-type': 'application/problem+json',
    ...(status === 401 ? { 'www-authenticate': 'Latchkey-Session realm="Latchkey"' } : {}),
    ...failure.headers,
  });
  return new Response(JSON.stringify(body), { status, headers });
}

export function renderReply(
  place: Place,
  { status, body, cookies = [] }: Extract<SessionReply, { readonly ok: true }>,
  requestId: string,
): Response {
  const type: Readonly<Record<string, string>> =
    body === undefined ? {} : { 'content-type': 'application/json' };
  const headers = headersOf(place, requestId, type);
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
}

/** A use case's refusal as an answer. */
export function refusing({
  retryAfterSeconds,
  ...rest
}: PeopleRefusal): Extract<SessionReply, { readonly ok: false }> {
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return { ok: false, failure: { ...rest, headers } };
}
