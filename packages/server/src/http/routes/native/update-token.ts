import { NativeTokenSchema, UpdateNativeTokenBodySchema } from '@latchkey/wire/native';
import { updateToken } from '../../../tokens/update-token.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';
import { nativeTokenView } from '../../token-view.ts';
import { readExpires } from './read-expires.ts';

export const updateNativeTokenEndpoint = nativeEndpoint({
  method: 'patch',
  path: '/v1/tokens/{id}',
  operationId: 'updateNativeToken',
  summary: 'Update a token',
  description: 'Only what is sent changes; null lifts a restriction, the expiry or the note.',
  requires: ['tokens:write'],
  // Else the limit of the Tokens API could be walked around.
  counts: 'account',
  body: UpdateNativeTokenBodySchema,
  success: { status: 200, schema: NativeTokenSchema, description: 'The token as it now is.' },
  async handle(deps, caller, { params, body }) {
    const expires = readExpires(body.expires);
    if (!expires.ok) return expires;
    const input = { ...body, account: caller.account.name, id: params.id ?? '', expires: expires.value };
    const outcome = await updateToken(deps, caller, input);
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { token, warnings } = outcome.value;
    const [rotation] = await deps.store.rotationsOf([token.id]);
    const view = nativeTokenView(token, deps.now(), { warnings, rotation });
    return answer(200, view, revisionHeader(outcome.revision));
  },
});
