import {
  ChangePasswordBodySchema,
  ForgottenPasswordBodySchema,
  ResetPasswordBodySchema,
} from '@latchkey/wire/native';
import { forgottenPassword } from '../../../people/forgotten-password.ts';
import { deviceText } from '../../../people/known-device.ts';
import { changePassword, resetPassword } from '../../../people/set-password.ts';
import { hasSecondFactor } from '../../../people/sign-in.ts';
import { deviceCookie, NO_SESSION_COOKIE } from '../cookies.ts';
import { refusing } from '../render.ts';
import { sessionEndpoint } from '../session-endpoint.ts';

export const forgottenPasswordEndpoint = sessionEndpoint({
  who: 'anybody',
  method: 'post',
  path: '/v1/password/forgotten',
  operationId: 'forgottenPassword',
  summary: 'Ask for a link to set a new password',
  description: 'Whether there is such a person is not told.',
  body: ForgottenPasswordBodySchema,
  success: { status: 204, description: 'A mail was sent where there is such a person.' },
  async handle({ people }, { body }) {
    await forgottenPassword(people, body.email);
    return { ok: true, status: 204 };
  },
});

export const resetPasswordEndpoint = sessionEndpoint({
  who: 'anybody',
  method: 'post',
  path: '/v1/password/reset',
  operationId: 'resetPassword',
  summary: 'Set a new password by a link',
  description: 'All sessions of the person end; sign in with the new password.',
  body: ResetPasswordBodySchema,
  success: { status: 204, description: 'The new password counts.' },
  async handle({ people }, { body }) {
    const outcome = await resetPassword(people, body);
    if (!outcome.ok) return refusing(outcome.refusal);
    // Whoever has the mail may try from here, however many others try from elsewhere; but codes of the second factor, which the
    // mail proves nothing about, are counted for all browsers together that never showed one.
    const device = hasSecondFactor(outcome.value) ? [] : [deviceCookie(deviceText(people, outcome.value))];
    return { ok: true, status: 204, cookies: [...device, NO_SESSION_COOKIE] };
  },
});

export const changePasswordEndpoint = sessionEndpoint({
  who: 'person',
  method: 'post',
  path: '/v1/password',
  operationId: 'changePassword',
  summary: 'Change the own password',
  description: 'All other sessions end.',
  body: ChangePasswordBodySchema,
  success: { status: 204, description: 'The new password counts.' },
  async handle({ people }, { body, found }) {
    const outcome = await changePassword(people, found, body);
    if (!outcome.ok) return refusing(outcome.refusal);
    return { ok: true, status: 204, cookies: [deviceCookie(deviceText(people, outcome.value))] };
  },
});
