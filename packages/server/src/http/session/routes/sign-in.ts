import { SignInBodySchema, SignInSchema } from '@latchkey/wire/native';
import { deviceText } from '../../../people/known-device.ts';
import { signIn } from '../../../people/sign-in.ts';
import { deviceCookie, sessionCookie } from '../cookies.ts';
import { refusing } from '../render.ts';
import { sessionEndpoint } from '../session-endpoint.ts';
import { openedReply } from '../session-view.ts';

export const signInEndpoint = sessionEndpoint({
  who: 'anybody',
  method: 'post',
  path: '/v1/session',
  operationId: 'signIn',
  summary: 'Sign in',
  description:
    'With e-mail address and password; where the person has a second factor, POST /v1/session/second-factor comes next. The session is a cookie.',
  body: SignInBodySchema,
  success: {
    status: 200,
    schema: SignInSchema,
    description: 'Signed in, or the second factor is waited for.',
  },
  async handle({ people }, { body, device, client, found }) {
    const outcome = await signIn(people, { ...body, device, client });
    if (!outcome.ok) return refusing(outcome.refusal);
    // The browser forgets the session that it had, so nobody could end it any more.
    if (found !== undefined) await people.store.endSession(found.person.id, found.session.id);
    const { session, person, credential } = outcome.value;
    if (session.state === 'pending') {
      return {
        ok: true,
        status: 200,
        body: { state: 'second_factor' },
        cookies: [sessionCookie(credential)],
      };
    }
    const cookies = [deviceCookie(deviceText(people, person))];
    return openedReply({ people }, outcome.value, { state: 'signed_in', cookies });
  },
});
