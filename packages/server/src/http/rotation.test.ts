import { LatchkeyApiError } from '@latchkey/wire/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

const DAY_MS = 24 * 3600 * 1000;
const NOON = Date.UTC(2026, 10, 23, 12);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ now: () => NOON });
});
afterAll(() => server.close());

const tokens = () => server.acme.client.native.tokens;
const at = (ms: number) => new Date(NOON + ms).toISOString();

async function refusal(call: Promise<unknown>): Promise<LatchkeyApiError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof LatchkeyApiError) return error;
  throw new Error('the call was not refused');
}

describe('POST /v1/tokens/{id}/rotate', () => {
  test('answers the successor with its text and the rotation, and both tokens show it everywhere', async () => {
    const old = await tokens().create({ scopes: ['styles:write'], note: 'shown' });
    const { successor } = await tokens().rotate(old.id, { grace: '2d', expires: '2027-01-01T00:00:00Z' });
    expect(successor).toMatchObject({
      replaces: old.id,
      note: 'shown',
      expires: '2027-01-01T00:00:00.000Z',
      token: expect.stringMatching(/^sk\./),
      rotation: { token: old.id, replacedBy: successor.id, started: at(0), retiresAt: at(2 * DAY_MS) },
    });
    const shown = { replacedBy: successor.id, retiresAt: at(2 * DAY_MS), status: 'active' };
    expect(await tokens().get(old.id)).toMatchObject(shown);
    expect(await tokens().update(old.id, { note: 'changed' })).toMatchObject(shown);
    const { items } = await tokens().list({ text: old.id });
    expect(items).toMatchObject([{ id: old.id, ...shown }]);
    const later = await tokens().get(successor.id);
    expect(later).toMatchObject({ replaces: old.id });
    expect(later).not.toHaveProperty('token');
    expect(later).not.toHaveProperty('retiresAt');
  });

  test('until it is quiet shows for how long, and a retired token what replaced it', async () => {
    const old = await tokens().create({ scopes: ['styles:read'] });
    const { successor } = await tokens().rotate(old.id, { untilQuiet: '720m' });
    const quiet = { untilQuiet: '12h', retiresAt: at(DAY_MS / 2) };
    expect(successor.rotation).toMatchObject(quiet);
    expect(await tokens().get(old.id)).toMatchObject(quiet);
    await tokens().revoke(old.id);
    const retired = await tokens().get(old.id);
    expect(retired).toMatchObject({ status: 'revoked', replacedBy: successor.id });
    expect(retired).not.toHaveProperty('retiresAt');
    expect(await tokens().rotation(old.id)).toMatchObject({ retired: at(0), usedBy: [] });
  });

  test('holds its answer for verifiers, names the revision, and with the same key is answered once', async () => {
    const old = await tokens().create({ scopes: ['styles:write'] });
    const send = () =>
      server.call(`/v1/tokens/${old.id}/rotate`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.acme.token}`,
          'content-type': 'application/json',
          'idempotency-key': 'once',
          prefer: 'wait=5',
        },
        body: '{"grace":"0s"}',
      });
    const first = await send();
    expect(first.status).toBe(201);
    expect(first.headers.get('preference-applied')).toBe('wait=5');
    expect(first.headers.get('latchkey-pending')).toBe('0');
    const revision = Number(first.headers.get('latchkey-revision'));
    expect((await tokens().get(old.id)).revision).toBe(revision);
    expect(first.json?.revision).toBe(revision - 1);
    const receipt = await server.operatorClient.native.receipt(revision);
    expect(receipt).toMatchObject({ revision, complete: true });
    const second = await send();
    expect(second.status).toBe(200);
    expect(second.json).toMatchObject({ id: first.json?.id, code: 'secret_already_shown' });
    expect(second.json).not.toHaveProperty('token');
  });

  test.each([
    [{ grace: 'soon' }, 400, 'body_invalid', 'grace'],
    [{ grace: 7 }, 400, 'body_invalid', 'grace'],
    [{ untilQuiet: '' }, 400, 'body_invalid', 'untilQuiet'],
    [{ grace: '31d' }, 422, 'grace_invalid', 'grace'],
    [{ untilQuiet: '59s' }, 422, 'grace_invalid', 'untilQuiet'],
    [{ grace: '1d', untilQuiet: '1d' }, 422, 'grace_invalid', 'untilQuiet'],
    [{ expires: 'never' }, 422, 'expires_invalid', 'expires'],
    [{ expires: '2020-01-01T00:00:00Z' }, 422, 'expires_in_past', 'expires'],
  ])('of %j is %i %s, names the field, and begins nothing', async (body, status, code, field) => {
    const old = await tokens().create({ scopes: ['styles:read'] });
    const answer = await server.callAs(server.acme.token, 'POST', `/v1/tokens/${old.id}/rotate`, body);
    expect(answer).toMatchObject({ status, json: { code, field } });
    expect((await refusal(tokens().rotation(old.id))).code).toBe('rotation_not_found');
  });

  test('twice is a clear 409', async () => {
    const old = await tokens().create({ scopes: ['styles:read'] });
    const { successor } = await tokens().rotate(old.id);
    const error = await refusal(tokens().rotate(old.id));
    expect(error).toMatchObject({
      status: 409,
      code: 'rotation_underway',
      message: 'Token is being rotated',
    });
    expect(error.detail).toContain(successor.id);
  });
});

describe('/v1/tokens/{id}/rotation', () => {
  test('is changed and undone by the id of either token', async () => {
    const old = await tokens().create({ scopes: ['styles:read'] });
    const { successor } = await tokens().rotate(old.id);
    const changed = await tokens().changeRotation(successor.id, { untilQuiet: '1d' });
    expect(changed).toMatchObject({ token: old.id, untilQuiet: '1d', retiresAt: at(DAY_MS) });
    expect(await tokens().undoRotation(successor.id)).toMatchObject({ id: old.id, status: 'active' });
    expect(await tokens().get(old.id)).not.toHaveProperty('replacedBy');
    expect(await tokens().get(successor.id)).toMatchObject({ status: 'revoked' });
    const error = await refusal(tokens().undoRotation(old.id));
    expect(error).toMatchObject({
      status: 404,
      code: 'rotation_not_found',
      message: 'Token is not being rotated',
    });
    const bad = await server.callAs(server.acme.token, 'DELETE', `/v1/tokens/${old.id}/rotation?successor=x`);
    expect(bad).toMatchObject({ status: 422, json: { code: 'query_invalid', field: 'successor' } });
  });

  test('tells who uses the old token only to those who may see statistics', async () => {
    const old = await tokens().create({ scopes: ['styles:read'] });
    await tokens().rotate(old.id);
    const reader = await tokens().create({ scopes: ['tokens:read'] });
    const path = `/v1/tokens/${old.id}/rotation`;
    const { json } = await server.callAs(reader.token ?? '', 'GET', path);
    expect(json).not.toHaveProperty('usedBy');
    expect((await server.callAs(server.acme.token, 'GET', path)).json).toMatchObject({ usedBy: [] });
  });
});
