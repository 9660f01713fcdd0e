import { SessionSchema, UpdatePersonBodySchema } from '@latchkey/wire/native';
import { updatePerson } from '../../../people/update-person.ts';
import { refusing } from '../render.ts';
import { sessionEndpoint } from '../session-endpoint.ts';
import { sessionView } from '../session-view.ts';

export const updatePersonEndpoint = sessionEndpoint({
  who: 'person',
  method: 'patch',
  path: '/v1/person',
  operationId: 'updatePerson',
  summary: 'Change the own name or language',
  body: UpdatePersonBodySchema,
  success: { status: 200, schema: SessionSchema, description: 'The session as it is now.' },
  async handle({ people }, { body, found }) {
    const outcome = await updatePerson(people, found.person, body);
    if (!outcome.ok) return refusing(outcome.refusal);
    return {
      ok: true,
      status: 200,
      body: await sessionView({ people }, { ...found, person: outcome.value }),
    };
  },
});
