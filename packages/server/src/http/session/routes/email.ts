import { VerifyEmailBodySchema } from '@latchkey/wire/native';
import { sendVerification, verifyEmail } from '../../../people/verify-email.ts';
import { refusing } from '../render.ts';
import { sessionEndpoint } from '../session-endpoint.ts';

export const sendVerificationEndpoint = sessionEndpoint({
  who: 'person',
  method: 'post',
  path: '/v1/email/verification',
  operationId: 'sendVerification',
  summary: 'Ask for a mail that confirms the own address',
  success: { status: 204, description: 'It was sent, unless the address is confirmed already.' },
  async handle({ people }, { found }) {
    const outcome = await sendVerification(people, found.person);
    return outcome.ok ? { ok: true, status: 204 } : refusing(outcome.refusal);
  },
});

export const verifyEmailEndpoint = sessionEndpoint({
  who: 'anybody',
  method: 'post',
  path: '/v1/email/verify',
  operationId: 'verifyEmail',
  summary: 'Confirm an address by the link of a mail',
  body: VerifyEmailBodySchema,
  success: { status: 204, description: 'The address is confirmed.' },
  async handle({ people }, { body }) {
    const outcome = await verifyEmail(people, body.token);
    return outcome.ok ? { ok: true, status: 204 } : refusing(outcome.refusal);
  },
});
