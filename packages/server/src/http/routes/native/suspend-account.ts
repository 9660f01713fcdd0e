import { AccountSchema } from '@latchkey/wire/native';
import { suspendAccount } from '../../../accounts/suspend-account.ts';
import { accountView } from '../../account-view.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';

export const suspendAccountEndpoint = nativeEndpoint({
  method: 'post',
  path: '/v1/accounts/{name}/suspend',
  isUrgent: true,
  operationId: 'suspendAccount',
  summary: 'Suspend an account',
  description: 'All of its tokens are refused until it is resumed. Once more is no error. Operator only.',
  requires: ['accounts:write'],
  success: { status: 200, schema: AccountSchema, description: 'The account as it now is.' },
  async handle(deps, caller, { params }) {
    const outcome = await suspendAccount(deps, caller, { name: params.name ?? '' });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    return answer(200, accountView(outcome.value), revisionHeader(outcome.revision));
  },
});
