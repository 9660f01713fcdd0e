import { NativeTokenSchema, UndoRotationQuerySchema } from '@latchkey/wire/native';
import { undoRotation } from '../../../rotation/undo-rotation.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { revisionHeader } from '../../revision-header.ts';
import { nativeTokenView } from '../../token-view.ts';

export const undoRotationEndpoint = nativeEndpoint({
  method: 'delete',
  path: '/v1/tokens/{id}/rotation',
  operationId: 'undoRotation',
  summary: 'Undo a rotation',
  description:
    'By either of its tokens, until the old one is retired: that one stays, and the successor is revoked unless it is to be kept.',
  requires: ['tokens:write'],
  counts: 'account',
  query: UndoRotationQuerySchema,
  success: { status: 200, schema: NativeTokenSchema, description: 'The old token, which stays.' },
  async handle(deps, caller, { params, query }) {
    const outcome = await undoRotation(deps, caller, {
      account: caller.account.name,
      id: params.id ?? '',
      successor: query.successor,
    });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    return answer(200, nativeTokenView(outcome.value.token, deps.now()), revisionHeader(outcome.revision));
  },
});
