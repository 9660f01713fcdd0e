import { NO_SESSION_COOKIE } from '../cookies.ts';
import { sessionEndpoint } from '../session-endpoint.ts';

export const signOutEndpoint = sessionEndpoint({
  who: 'anybody',
  method: 'delete',
  path: '/v1/session',
  operationId: 'signOut',
  summary: 'Sign out',
  isUncounted: true,
  success: { status: 204, description: 'Nobody is signed in in this browser any more.' },
  async handle({ people }, { found }) {
    if (found !== undefined) await people.store.endSession(found.person.id, found.session.id);
    return { ok: true, status: 204, cookies: [NO_SESSION_COOKIE] };
  },
});
