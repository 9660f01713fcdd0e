import { AccountPageSchema, ListAccountsQuerySchema } from '@latchkey/wire/native';
import { LIST_DEFAULT_LIMIT } from '@latchkey/wire/tokens-api';
import { listAccounts } from '../../../accounts/list-accounts.ts';
import { accountView } from '../../account-view.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';

export const listAccountsEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/accounts',
  operationId: 'listAccounts',
  summary: 'List accounts',
  description: 'By name. Operator only.',
  requires: ['accounts:read'],
  query: ListAccountsQuerySchema,
  success: { status: 200, schema: AccountPageSchema, description: 'A page of accounts.' },
  async handle(deps, caller, { query }) {
    const { cursor: start, limit = LIST_DEFAULT_LIMIT } = query;
    const outcome = await listAccounts(deps, caller, { start, limit });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    return answer(200, { items: outcome.value.rows.map(accountView), next: outcome.value.next });
  },
});
