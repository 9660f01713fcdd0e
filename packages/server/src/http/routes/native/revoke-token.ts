import { revokeToken } from '../../../tokens/revoke-token.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';

export const revokeNativeTokenEndpoint = nativeEndpoint({
  method: 'delete',
  path: '/v1/tokens/{id}',
  isUrgent: true,
  operationId: 'revokeNativeToken',
  summary: 'Revoke a token',
  description:
    'It never comes back. Temporary tokens that it made fall with it; the default token gets a successor.',
  requires: ['tokens:write'],
  success: { status: 204, description: 'The token is revoked.' },
  async handle(deps, caller, { params }) {
    const outcome = await revokeToken(deps, caller, { account: caller.account.name, id: params.id ?? '' });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    return answer(204, undefined, revisionHeader(outcome.revision));
  },
});
