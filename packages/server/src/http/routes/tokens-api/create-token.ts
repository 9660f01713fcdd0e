import {
  type CreateTemporaryTokenBody,
  CreateTemporaryTokenBodySchema,
  type CreateTokenBody,
  CreateTokenBodySchema,
  TemporaryTokenSchema,
  TokenSchema,
  type TokensApiErrorCode,
} from '@latchkey/wire/tokens-api';
import * as z from 'zod';
import type { TokenCaller } from '../../../tokens/caller.ts';
import { createTemporaryToken } from '../../../tokens/create-temporary-token.ts';
import { createToken } from '../../../tokens/create-token.ts';
import type { AppDeps } from '../../app-deps.ts';
import { type Call, tokensApiEndpoint } from '../../endpoint.ts';
import { answer, fail, type Reply } from '../../failure.ts';
import { parseIsoTime } from '../../iso-time.ts';
import { tokensApiFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';
import { temporaryTokenView, tokenView } from '../../token-view.ts';

type Body = CreateTokenBody | CreateTemporaryTokenBody;

export const createTokenEndpoint = tokensApiEndpoint({
  method: 'post',
  path: '/tokens/v2/{account}',
  operationId: 'createToken',
  summary: 'Create a token',
  description: 'With `expires` in the body it is a temporary token, of one hour at most.',
  requires: ['tokens:write'],
  body: z.union([CreateTokenBodySchema, CreateTemporaryTokenBodySchema]),
  chooseBody: (value): z.ZodType<Body> =>
    Object.hasOwn(value, 'expires') ? CreateTemporaryTokenBodySchema : CreateTokenBodySchema,
  takesIdempotencyKey: true,
  success: {
    status: 200,
    schema: z.union([TokenSchema, TemporaryTokenSchema]),
    description: 'The token; the text of a secret or temporary one is told here and never again.',
  },
  async handle(deps, caller, call) {
    const { body } = call;
    return 'expires' in body ? temporary(deps, caller, call, body) : lasting(deps, caller, call, body);
  },
});

async function lasting(
  deps: AppDeps,
  caller: TokenCaller,
  { params, idempotencyKey }: Call<undefined, Body>,
  body: CreateTokenBody,
): Promise<Reply<TokensApiErrorCode>> {
  const outcome = await createToken(deps, caller, { ...body, account: params.account ?? '', idempotencyKey });
  if (!outcome.ok) return tokensApiFailure(outcome.refusal);
  const { value, revision } = outcome;
  if (revision !== null) await deps.afterCreation(revision);
  const extras = value.replayed ? { replayed: true } : { text: value.text, warnings: value.warnings };
  return answer(200, tokenView(value.token, extras), revisionHeader(revision));
}

async function temporary(
  deps: AppDeps,
  caller: TokenCaller,
  { params, idempotencyKey }: Call<undefined, Body>,
  { expires: text, ...body }: CreateTemporaryTokenBody,
): Promise<Reply<TokensApiErrorCode>> {
  const expires = parseIsoTime(text);
  if (expires === undefined) {
    const detail = 'expires is not a time. Write it as 2026-09-15T19:27:53Z.';
    return fail<TokensApiErrorCode>('expires_invalid', { field: 'expires', detail });
  }
  const input = { ...body, account: params.account ?? '', expires, idempotencyKey };
  const outcome = await createTemporaryToken(deps, caller, input);
  if (!outcome.ok) return tokensApiFailure(outcome.refusal);
  const { value, revision } = outcome;
  if (revision !== null) await deps.afterCreation(revision);
  const extras = value.replayed ? { replayed: true } : { text: value.text, warnings: value.warnings };
  return answer(200, temporaryTokenView(value.token, extras), revisionHeader(revision));
}
