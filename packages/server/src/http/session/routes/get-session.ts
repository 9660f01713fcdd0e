import { SessionSchema } from '@latchkey/wire/native';
import { sessionEndpoint } from '../session-endpoint.ts';
import { sessionView } from '../session-view.ts';

export const getSessionEndpoint = sessionEndpoint({
  who: 'person',
  method: 'get',
  path: '/v1/session',
  operationId: 'getSession',
  summary: 'Read who is signed in',
  success: { status: 200, schema: SessionSchema, description: 'Who is signed in, for which accounts.' },
  async handle(deps, { found }) {
    return { ok: true, status: 200, body: await sessionView(deps, found) };
  },
});
