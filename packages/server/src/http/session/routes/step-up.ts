import { SessionSchema, StepUpBodySchema } from '@latchkey/wire/native';
import { stepUp } from '../../../people/step-up.ts';
import { refusing } from '../render.ts';
import { sessionEndpoint } from '../session-endpoint.ts';
import { openedReply } from '../session-view.ts';

export const stepUpEndpoint = sessionEndpoint({
  who: 'person',
  method: 'post',
  path: '/v1/session/step-up',
  operationId: 'stepUp',
  summary: 'Sign in again for a class of action',
  description:
    'The proof counts for that class, in this session, for ten minutes. The cookie is another afterwards.',
  body: StepUpBodySchema,
  success: { status: 200, schema: SessionSchema, description: 'The session as it is now.' },
  async handle({ people }, { body, found }) {
    const proof = 'password' in body ? { password: body.password } : { code: body.code };
    const outcome = await stepUp(people, found, body.class, proof);
    return outcome.ok ? openedReply({ people }, outcome.value) : refusing(outcome.refusal);
  },
});
