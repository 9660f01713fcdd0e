import { type SessionList, SessionListSchema } from '@latchkey/wire/native';
import { IDLE_MS, passwordProof } from '../../../people/sessions.ts';
import { isoTime } from '../../iso-time.ts';
import { sessionEndpoint } from '../session-endpoint.ts';

export const listSessionsEndpoint = sessionEndpoint({
  who: 'person',
  method: 'get',
  path: '/v1/sessions',
  operationId: 'listSessions',
  summary: 'List the own sessions',
  success: { status: 200, schema: SessionListSchema, description: 'The newest seen first.' },
  async handle({ people }, { found }) {
    const at = people.now();
    const rows = await people.store.sessionsOf(found.person.id, at);
    const proof = passwordProof(people, found.person);
    const items = rows
      .filter((row) => row.seenAt + IDLE_MS > at && row.passwordProof === proof)
      .map((row) => ({
        id: row.id,
        current: row.id === found.session.id,
        client: row.client,
        createdAt: isoTime(row.createdAt),
        seenAt: isoTime(row.seenAt),
        expiresAt: isoTime(Math.min(row.expiresAt, row.seenAt + IDLE_MS)),
      }));
    return { ok: true, status: 200, body: { items } satisfies SessionList };
  },
});
