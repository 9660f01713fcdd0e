import { revokeToken } from '../../../tokens/revoke-token.ts';
import { tokensApiEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { tokensApiFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';

export const deleteTokenEndpoint = tokensApiEndpoint({
  method: 'delete',
  path: '/tokens/v2/{account}/{id}',
  isUrgent: true,
  operationId: 'deleteToken',
  summary: 'Delete a token',
  description: 'It is refused from then on. The default token gets a successor at once.',
  requires: ['tokens:write'],
  success: { status: 204, description: 'The token is revoked.' },
  async handle(deps, caller, { params }) {
    const { account = '', id = '' } = params;
    const outcome = await revokeToken(deps, caller, { account, id });
    if (!outcome.ok) return tokensApiFailure(outcome.refusal);
    return answer(204, undefined, revisionHeader(outcome.revision));
  },
});
