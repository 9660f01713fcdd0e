import { TokenSchema, UpdateTokenBodySchema } from '@latchkey/wire/tokens-api';
import { updateToken } from '../../../tokens/update-token.ts';
import { tokensApiEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { tokensApiFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';
import { tokenView } from '../../token-view.ts';

export const updateTokenEndpoint = tokensApiEndpoint({
  method: 'patch',
  path: '/tokens/v2/{account}/{id}',
  operationId: 'updateToken',
  summary: 'Update a token',
  description: 'Only what is sent changes; null lifts a restriction. The text of the token never changes.',
  requires: ['tokens:write'],
  body: UpdateTokenBodySchema,
  success: { status: 200, schema: TokenSchema, description: 'The token as it now is.' },
  async handle(deps, caller, { params, body }) {
    const { account = '', id = '' } = params;
    const outcome = await updateToken(deps, caller, { ...body, account, id });
    if (!outcome.ok) return tokensApiFailure(outcome.refusal);
    const { token, warnings } = outcome.value;
    return answer(200, tokenView(token, { warnings }), revisionHeader(outcome.revision));
  },
});
