import { readTokenText } from '@latchkey/core';
import { type TokensApiErrorCode, type Validation, ValidationSchema } from '@latchkey/wire/tokens-api';
import { type TokenVerdict, validateToken } from '../../../tokens/validate-token.ts';
import { failureOfDenied } from '../../api-style.ts';
import { openTokensApiEndpoint } from '../../endpoint.ts';
import { answer, fail } from '../../failure.ts';
import { isoTime } from '../../iso-time.ts';

export const validateTokenEndpoint = openTokensApiEndpoint({
  method: 'get',
  path: '/tokens/v2',
  isUrgent: true,
  operationId: 'validateToken',
  summary: 'Validate a token',
  description: 'Judges the token that the request carries; it needs no other. 200 whatever the verdict.',
  counts: 'address',
  success: { status: 200, schema: ValidationSchema, description: 'The verdict.' },
  async handle(deps, { request }) {
    const text = readTokenText(request);
    if (typeof text === 'string') return answer(200, validationView(await validateToken(deps, text)));
    if (text.reason !== 'no_token') return { ok: false, failure: failureOfDenied(text) };
    const detail = 'Send the token to be judged as access_token in the query, or as Bearer.';
    return fail<TokensApiErrorCode>('access_token_required', { detail });
  },
});

function validationView(verdict: TokenVerdict): Validation {
  if (!('token' in verdict)) return { code: verdict.code };
  const { code, token } = verdict;
  if (token.usage !== 'tk') {
    return { code, token: { usage: token.usage, user: token.account, authorization: token.id } };
  }
  return {
    code,
    token: {
      usage: 'tk',
      user: token.account,
      expires: isoTime(token.expires ?? token.createdAt),
      created: isoTime(token.createdAt),
      scopes: [...token.scopes],
      client: 'api',
    },
  };
}
