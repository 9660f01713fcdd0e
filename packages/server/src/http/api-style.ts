import type { Denied } from '@latchkey/core';
import { refusalOf } from '@latchkey/core';
import { PROBLEMS, type ProblemCode, problemType } from '@latchkey/wire/native';
import { LIST_QUERY_ERRORS, type TokensApiErrorCode, tokensApiError } from '@latchkey/wire/tokens-api';
import type { Failure } from './failure.ts';
import { API_HEADERS } from './headers.ts';
import { hideTokenTexts } from './token-texts.ts';

/** Codes that both APIs know: what the door itself may refuse with. */
export type SharedCode = Extract<TokensApiErrorCode, ProblemCode>;

/** How an API words its refusals. */
export interface ApiStyle<Code extends string> {
  readonly name: 'tokens' | 'native';
  readonly render: (failure: Failure<Code | SharedCode>, at: RenderPlace) => Response;
  /** The code of a bad value of a query parameter. */
  readonly queryCode: (parameter: string) => Code;
}

export interface RenderPlace {
  readonly requestId: string;
  /** Public URL of this server, without a trailing slash. */
  readonly baseUrl: string;
}

/** `{"message", "code", …}` with the texts that existing clients compare. */
export const tokensApiStyle: ApiStyle<TokensApiErrorCode> = {
  name: 'tokens',
  render(failure, { requestId, baseUrl }) {
    const { code, scope } = failure;
    const { status, message } = tokensApiError(code, scope);
    const body = { message, code, ...told(failure), docs: `${baseUrl}/docs/errors#${code}`, requestId };
    return respond(status, 'application/json', body, failure, requestId);
  },
  queryCode(parameter) {
    const codes: Readonly<Record<string, TokensApiErrorCode>> = LIST_QUERY_ERRORS;
    return codes[parameter] ?? 'invalid_request';
  },
};

/** `application/problem+json`, RFC 9457. */
export const nativeStyle: ApiStyle<ProblemCode> = {
  name: 'native',
  render(failure, { requestId }) {
    const { code } = failure;
    const { status, title } = PROBLEMS[code];
    const body = {
      type: problemType(code),
      title,
      status,
      code,
      ...told(failure),
      class: failure.stepUp,
      requestId,
    };
    return respond(status, 'application/problem+json', body, failure, requestId);
  },
  queryCode: () => 'query_invalid',
};

/** Detail and field may repeat what the caller sent, and callers send tokens in the strangest places. */
function told({ detail, field }: Failure<string>): Pick<Failure<string>, 'detail' | 'field'> {
  return {
    detail: detail === undefined ? undefined : hideTokenTexts(detail),
    field: field === undefined ? undefined : hideTokenTexts(field),
  };
}

function respond(
  status: number,
  type: string,
  body: object,
  failure: Failure<string>,
  requestId: string,
): Response {
  const headers: Record<string, string> = {
    ...API_HEADERS,
    'content-type': type,
    'x-request-id': requestId,
    ...failure.headers,
  };
  if (status === 401 && headers['www-authenticate'] === undefined) {
    headers['www-authenticate'] = 'Bearer realm="Latchkey", error="invalid_token"';
  }
  return new Response(JSON.stringify(body), { status, headers });
}

/** A refused caller, as both APIs tell it: the decision's own reason, and the challenge of RFC 6750. */
export function failureOfDenied(denied: Denied): Failure<SharedCode> {
  const { code, detail, headers } = refusalOf(denied);
  const challenge = headers['WWW-Authenticate'];
  const retryAfter = headers['Retry-After'];
  return {
    code: code === 'malformed_request' ? 'invalid_request' : code,
    detail,
    scope: denied.scope,
    headers: {
      ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    },
  };
}
