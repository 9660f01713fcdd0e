import { SessionSchema, SetupBodySchema, SetupNeededSchema } from '@latchkey/wire/native';
import { deviceText } from '../../../people/known-device.ts';
import { openSession } from '../../../people/sessions.ts';
import { isSetupNeeded, setUp } from '../../../people/set-up.ts';
import { sendVerification } from '../../../people/verify-email.ts';
import { deviceCookie } from '../cookies.ts';
import { refusing } from '../render.ts';
import { sessionEndpoint } from '../session-endpoint.ts';
import { openedReply } from '../session-view.ts';

export const getSetupEndpoint = sessionEndpoint({
  who: 'anybody',
  method: 'get',
  path: '/v1/setup',
  operationId: 'getSetup',
  summary: 'Ask whether the first person is still to be made',
  success: { status: 200, schema: SetupNeededSchema, description: 'Whether it is.' },
  async handle({ people, operatorAccount }) {
    return { ok: true, status: 200, body: { needed: await isSetupNeeded(people, operatorAccount) } };
  },
});

export const setUpEndpoint = sessionEndpoint({
  who: 'anybody',
  method: 'post',
  path: '/v1/setup',
  operationId: 'setUp',
  summary: 'Make the first person',
  description:
    "Owner of the operator's account, once. The token is the end of the link that the server told on its terminal when it started.",
  body: SetupBodySchema,
  success: { status: 201, schema: SessionSchema, description: 'The first person is signed in.' },
  async handle({ people, operatorAccount }, { body, requestId, client }) {
    const outcome = await setUp(people, operatorAccount, { ...body, requestId });
    if (!outcome.ok) return refusing(outcome.refusal);
    await sendVerification(people, outcome.value);
    const opened = await openSession(people, outcome.value, 'signed_in', client);
    const cookies = [deviceCookie(deviceText(people, outcome.value))];
    return openedReply({ people }, opened, { status: 201, cookies });
  },
});
