import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectByHand, type HandVerifier } from './testing/connect-by-hand.ts';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;
let verifier: HandVerifier;

beforeAll(async () => {
  server = await startTestServer();
  verifier = await connectByHand(server);
});
afterAll(async () => {
  await verifier.close();
  await server.close();
});

async function make(): Promise<string> {
  const { json } = await server.callAs(server.acme.token, 'POST', '/v1/tokens', { scopes: ['styles:read'] });
  return String(json?.id);
}

const remove = (path: string, prefer: string) =>
  server.call(path, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${server.acme.token}`, prefer },
  });

const told = ({ headers }: { readonly headers: Headers }) => ({
  applied: headers.get('preference-applied'),
  pending: headers.get('latchkey-pending'),
});

describe('Prefer: wait', () => {
  test.each(['/v1/tokens/', '/tokens/v2/acme/'])(
    'holds the answer of DELETE %s until every verifier has applied it',
    async (path) => {
      const id = await make();
      const { json } = await server.callAs(server.operator, 'GET', '/v1/verifiers');
      const waiting = remove(`${path}${id}`, 'wait=30');
      await verifier.apply(Number(json?.revision) + 1);
      const answer = await waiting;
      expect(answer.status, answer.text).toBe(204);
      expect(told(answer)).toEqual({ applied: 'wait=30', pending: '0' });
      const revision = Number(answer.headers.get('latchkey-revision'));
      const receipt = await server.callAs(server.operator, 'GET', `/v1/receipts/${revision}`);
      expect(receipt.json).toMatchObject({ revision, complete: true });
    },
  );

  test('ends after its time with the number of those that are pending', async () => {
    const answer = await remove(`/v1/tokens/${await make()}`, 'respond-async, WAIT="0"; x=1');
    expect(told(answer)).toEqual({ applied: 'wait=0', pending: '1' });
    expect(answer.headers.get('access-control-expose-headers')).toContain('Latchkey-Pending');
  });

  test.each(['wait', 'wait=-1', 'wait=soon', 'wait=1.5', 'waiting=3', ''])(
    'as "%s" is none',
    async (prefer) => {
      expect(told(await remove(`/v1/tokens/${await make()}`, prefer))).toEqual({
        applied: null,
        pending: null,
      });
    },
  );

  test('of more than thirty seconds is cut to that; what verifiers need not hear is answered at once', async () => {
    const id = await make();
    const note = () =>
      server.call(`/v1/tokens/${id}`, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${server.acme.token}`,
          'content-type': 'application/json',
          prefer: 'wait=3600',
        },
        body: '{"note":"only a note"}',
      });
    const answer = await note();
    expect(answer.status, answer.text).toBe(200);
    expect(told(answer)).toEqual({ applied: 'wait=30', pending: '0' });
    expect(answer.headers.get('latchkey-revision')).toBeNull();
  });

  test('is not for refusals and reads', async () => {
    expect(told(await remove('/v1/tokens/c0123456789abcdefghijklmn', 'wait=30'))).toEqual({
      applied: null,
      pending: null,
    });
    const read = await server.call('/v1/tokens', {
      headers: { authorization: `Bearer ${server.acme.token}`, prefer: 'wait=30' },
    });
    expect(told(read)).toEqual({ applied: null, pending: null });
  });
});
