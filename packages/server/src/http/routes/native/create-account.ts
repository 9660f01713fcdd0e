import { CreateAccountBodySchema, CreatedAccountSchema } from '@latchkey/wire/native';
import { createAccount } from '../../../accounts/create-account.ts';
import { accountView } from '../../account-view.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';
import { nativeTokenView } from '../../token-view.ts';

export const createAccountEndpoint = nativeEndpoint({
  method: 'post',
  path: '/v1/accounts',
  operationId: 'createAccount',
  summary: 'Create an account',
  description:
    'With its default public token, and a secret token that holds every scope of the account. Operator only.',
  requires: ['accounts:write'],
  body: CreateAccountBodySchema,
  takesIdempotencyKey: true,
  success: { status: 201, schema: CreatedAccountSchema, description: 'The account and its first tokens.' },
  async handle(deps, caller, { body, idempotencyKey }) {
    const outcome = await createAccount(deps, caller, { ...body, idempotencyKey });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { value, revision } = outcome;
    if (revision !== null) await deps.afterCreation(revision);
    const now = deps.now();
    const { account, token, text, defaultToken, replayed } = value;
    const created = {
      account: accountView(account),
      token: nativeTokenView(token, now, { text, replayed }),
      defaultToken: nativeTokenView(defaultToken, now),
      ...(replayed ? { code: 'secret_already_shown' } : {}),
    };
    return answer(replayed ? 200 : 201, created, revisionHeader(revision));
  },
});
