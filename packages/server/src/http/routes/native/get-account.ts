import { AccountSchema } from '@latchkey/wire/native';
import { getAccount } from '../../../accounts/get-account.ts';
import { accountView } from '../../account-view.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';

export const getAccountEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/accounts/{name}',
  operationId: 'getAccount',
  summary: 'Get an account',
  description: 'Operator only.',
  requires: ['accounts:read'],
  success: { status: 200, schema: AccountSchema, description: 'The account.' },
  async handle(deps, caller, { params }) {
    const outcome = await getAccount(deps, caller, { name: params.name ?? '' });
    return outcome.ok ? answer(200, accountView(outcome.value)) : nativeFailure(outcome.refusal);
  },
});
