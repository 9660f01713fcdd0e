import { ScopeSchema, type TokensApiErrorCode } from '@latchkey/wire/tokens-api';
import * as z from 'zod';
import { grantableScopes } from '../../../tokens/read-scopes.ts';
import { tokensApiEndpoint } from '../../endpoint.ts';
import { answer, fail } from '../../failure.ts';

export const listScopesEndpoint = tokensApiEndpoint({
  method: 'get',
  path: '/scopes/v1/{account}',
  operationId: 'listScopes',
  summary: 'List scopes',
  description: 'What the account may hold, not what the token holds.',
  requires: ['scopes:list'],
  success: {
    status: 200,
    schema: z.array(ScopeSchema),
    description: 'The scopes, in the order of the catalogue.',
  },
  async handle(deps, caller, { params }) {
    if (params.account !== caller.account.name) {
      const detail = "There is no such account, or it is not the token's.";
      return fail<TokensApiErrorCode>('account_not_found', { detail });
    }
    const grantable = new Set<string>(grantableScopes(caller.account, deps.catalogue));
    const scopes = deps.catalogue.scopes.filter(({ id }) => grantable.has(id));
    return answer(
      200,
      scopes.map(({ id, public: isPublic, description }) =>
        isPublic ? { id, public: true, description } : { id, description },
      ),
    );
  },
});
