import { CreateNativeTokenBodySchema, NativeTokenSchema } from '@latchkey/wire/native';
import { createToken } from '../../../tokens/create-token.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';
import { nativeTokenView } from '../../token-view.ts';
import { readExpires } from './read-expires.ts';

export const createNativeTokenEndpoint = nativeEndpoint({
  method: 'post',
  path: '/v1/tokens',
  operationId: 'createNativeToken',
  summary: 'Create a token',
  description:
    "In the caller's account. Says all that the Tokens API can, and expiry, addresses and strict paths.",
  requires: ['tokens:write'],
  // Else the limit of the Tokens API could be walked around.
  counts: 'account',
  body: CreateNativeTokenBodySchema,
  takesIdempotencyKey: true,
  success: {
    status: 201,
    schema: NativeTokenSchema,
    description: 'The token; the text of a secret one is told here and never again.',
  },
  async handle(deps, caller, { body, idempotencyKey }) {
    const expires = readExpires(body.expires);
    if (!expires.ok) return expires;
    const input = { ...body, account: caller.account.name, expires: expires.value, idempotencyKey };
    const outcome = await createToken(deps, caller, input);
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { value, revision } = outcome;
    if (revision !== null) await deps.afterCreation(revision);
    const extras = value.replayed ? { replayed: true } : { text: value.text, warnings: value.warnings };
    const view = nativeTokenView(value.token, deps.now(), extras);
    return answer(value.replayed ? 200 : 201, view, revisionHeader(revision));
  },
});
