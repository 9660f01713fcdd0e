import {
  ConfirmSecondFactorBodySchema,
  NewSecondFactorSchema,
  OwnPasswordBodySchema,
} from '@latchkey/wire/native';
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from '../../../people/second-factor.ts';
import { refusing } from '../render.ts';
import { sessionEndpoint } from '../session-endpoint.ts';

export const beginSecondFactorEndpoint = sessionEndpoint({
  who: 'person',
  method: 'post',
  path: '/v1/second-factor',
  operationId: 'beginSecondFactor',
  summary: 'Begin a second factor',
  description: 'It is asked for once a code of it was confirmed. Takes the password.',
  body: OwnPasswordBodySchema,
  success: {
    status: 201,
    schema: NewSecondFactorSchema,
    description: 'What the application needs, and recovery codes.',
  },
  async handle({ people }, { body, found }) {
    const outcome = await beginSecondFactor(people, found, body.password);
    return outcome.ok ? { ok: true, status: 201, body: outcome.value } : refusing(outcome.refusal);
  },
});

export const confirmSecondFactorEndpoint = sessionEndpoint({
  who: 'person',
  method: 'post',
  path: '/v1/second-factor/confirm',
  operationId: 'confirmSecondFactor',
  summary: 'Put the second factor into force',
  body: ConfirmSecondFactorBodySchema,
  success: { status: 204, description: 'From now on it is asked for.' },
  async handle({ people }, { body, found }) {
    const outcome = await confirmSecondFactor(people, found, body.code);
    return outcome.ok ? { ok: true, status: 204 } : refusing(outcome.refusal);
  },
});

export const removeSecondFactorEndpoint = sessionEndpoint({
  who: 'person',
  method: 'delete',
  path: '/v1/second-factor',
  operationId: 'removeSecondFactor',
  summary: 'Take the second factor away',
  description: 'Takes the password, which has to be long enough to stand alone.',
  body: OwnPasswordBodySchema,
  success: { status: 204, description: 'It is not asked for any more.' },
  async handle({ people }, { body, found }) {
    const outcome = await removeSecondFactor(people, found, body.password);
    return outcome.ok ? { ok: true, status: 204 } : refusing(outcome.refusal);
  },
});
