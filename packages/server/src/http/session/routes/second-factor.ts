import { SecondFactorBodySchema, SessionSchema } from '@latchkey/wire/native';
import { finishSignIn } from '../../../people/finish-sign-in.ts';
import { deviceText } from '../../../people/known-device.ts';
import { deviceCookie } from '../cookies.ts';
import { refusing } from '../render.ts';
import { sessionEndpoint } from '../session-endpoint.ts';
import { openedReply } from '../session-view.ts';

export const secondFactorEndpoint = sessionEndpoint({
  who: 'waiting',
  method: 'post',
  path: '/v1/session/second-factor',
  operationId: 'finishSignIn',
  summary: 'Show the second factor',
  description: 'A code of the application, or a recovery code, each of them once.',
  body: SecondFactorBodySchema,
  success: { status: 200, schema: SessionSchema, description: 'Who is signed in.' },
  async handle({ people }, { body, found, device }) {
    const outcome = await finishSignIn(people, found, body, device);
    if (!outcome.ok) return refusing(outcome.refusal);
    return openedReply({ people }, outcome.value, {
      cookies: [deviceCookie(deviceText(people, found.person))],
    });
  },
});
