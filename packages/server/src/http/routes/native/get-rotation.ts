import { RotationSchema } from '@latchkey/wire/native';
import { getRotation } from '../../../rotation/get-rotation.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { nativeFailure } from '../../refusal-failure.ts';
import { rotationView } from '../../rotation-view.ts';

export const getRotationEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/tokens/{id}/rotation',
  operationId: 'getRotation',
  summary: 'Get the rotation of a token',
  description:
    'By either of its tokens; of a retired token the one that ended it. Who still uses the old one is told to tokens that have statistics:read too.',
  requires: ['tokens:read'],
  success: { status: 200, schema: RotationSchema, description: 'The rotation.' },
  async handle(deps, caller, { params }) {
    const outcome = await getRotation(deps, caller, { account: caller.account.name, id: params.id ?? '' });
    if (!outcome.ok) return nativeFailure(outcome.refusal);
    const { rotation, use } = outcome.value;
    return answer(200, rotationView(rotation, use));
  },
});
