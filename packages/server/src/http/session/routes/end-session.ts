import { NO_SESSION_COOKIE } from '../cookies.ts';
import { sessionEndpoint } from '../session-endpoint.ts';

export const endSessionEndpoint = sessionEndpoint({
  who: 'person',
  method: 'delete',
  path: '/v1/sessions/{id}',
  operationId: 'endSession',
  summary: 'End one of the own sessions',
  success: { status: 204, description: 'It lets nobody in any more.' },
  async handle({ people }, { found, params }) {
    const { id = '' } = params;
    if (!(await people.store.endSession(found.person.id, id))) {
      return { ok: false, failure: { code: 'session_not_found', detail: 'You have no such session.' } };
    }
    return { ok: true, status: 204, cookies: id === found.session.id ? [NO_SESSION_COOKIE] : [] };
  },
});

export const endOtherSessionsEndpoint = sessionEndpoint({
  who: 'person',
  method: 'delete',
  path: '/v1/sessions',
  operationId: 'endOtherSessions',
  summary: 'End all other sessions',
  success: { status: 204, description: 'Only the session of this call goes on.' },
  async handle({ people }, { found }) {
    await people.store.endSessions(found.person.id, found.session.id);
    return { ok: true, status: 204 };
  },
});
