import { RotatedTokenSchema, RotateTokenBodySchema } from '@latchkey/wire/native';
import { rotateToken } from '../../../rotation/rotate-token.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';
import { rotationView } from '../../rotation-view.ts';
import { nativeTokenView } from '../../token-view.ts';
import { readExpires } from './read-expires.ts';
import { readTermInput } from './read-term.ts';

export const rotateTokenEndpoint = nativeEndpoint({
  method: 'post',
  path: '/v1/tokens/{id}/rotate',
  operationId: 'rotateToken',
  summary: 'Rotate a token',
  description:
    'Makes a successor with the same rights; the old token works until it is retired, and that can be undone until then. Counts as creating.',
  requires: ['tokens:write'],
  // Else the limit of the Tokens API could be walked around.
  counts: 'account',
  body: RotateTokenBodySchema,
  takesIdempotencyKey: true,
  success: {
    status: 201,
    schema: RotatedTokenSchema,
    description: 'The successor; the text of a secret one is told here and never again.',
  },
  async handle(deps, caller, { params, body, idempotencyKey }) {
    const expires = readExpires(body.expires);
    if (!expires.ok) return expires;
    const outcome = await rotateToken(deps, caller, {
      ...readTermInput(body),
      account: caller.account.name,
      id: params.id ?? '',
      expires: expires.value,
      idempotencyKey,
    });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { value, revision } = outcome;
    if (revision !== null) await deps.afterCreation(revision);
    const extras = value.replayed ? { replayed: true } : { text: value.text };
    const view = {
      ...nativeTokenView(value.token, deps.now(), extras),
      ...(value.rotation === undefined ? {} : { rotation: rotationView(value.rotation) }),
    };
    return answer(value.replayed ? 200 : 201, view, revisionHeader(revision));
  },
});
