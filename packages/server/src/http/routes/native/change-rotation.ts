import { ChangeRotationBodySchema, RotationSchema } from '@latchkey/wire/native';
import { changeRotation } from '../../../rotation/change-rotation.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { rotationView } from '../../rotation-view.ts';
import { readTermInput } from './read-term.ts';

export const changeRotationEndpoint = nativeEndpoint({
  method: 'patch',
  path: '/v1/tokens/{id}/rotation',
  operationId: 'changeRotation',
  summary: 'Change when a token is retired',
  description: 'Counted from now. A later end needs a caller who contains the whole old token.',
  requires: ['tokens:write'],
  counts: 'account',
  body: ChangeRotationBodySchema,
  success: { status: 200, schema: RotationSchema, description: 'The rotation as it now is.' },
  async handle(deps, caller, { params, body }) {
    const input = { ...readTermInput(body), account: caller.account.name, id: params.id ?? '' };
    const outcome = await changeRotation(deps, caller, input);
    return outcome.ok ? answer(200, rotationView(outcome.value)) : nativeFailure(outcome.refusal);
  },
});
