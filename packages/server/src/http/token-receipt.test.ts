import { afterAll, beforeAll, expect, test } from 'vitest';
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

test("the receipt of a token's last change shows each verifier's state and time, and completes when it is applied", async () => {
  const { tokens } = server.acme.client.native;
  const { id } = await tokens.create({ scopes: ['styles:read'] });
  const { revision } = await tokens.update(id, { allowedUrls: ['https://shop.example'] });
  const before = await tokens.receipt(id);
  expect(before).toMatchObject({ revision, complete: false, completedAt: null });
  expect(before.verifiers).toEqual([{ state: 'pending', pendingSince: expect.any(String) }]);

  await verifier.apply(revision);
  const after = await tokens.receipt(id);
  expect(after).toMatchObject({ revision, complete: true, completedAt: expect.any(String) });
  expect(after.verifiers).toEqual([{ state: 'applied', appliedAt: expect.any(String) }]);
});

test('an account does not learn what verifiers are called; the operator does', async () => {
  const own = await server.operatorClient.native.tokens.create({ scopes: ['styles:read'] });
  const receipt = await server.operatorClient.native.tokens.receipt(own.id);
  expect(receipt.verifiers).toEqual([expect.objectContaining({ id: expect.any(String) })]);
  const acme = await server.acme.client.native.tokens.receipt(server.acme.publicTokenId);
  expect(Object.keys(acme.verifiers[0] ?? {})).not.toContain('id');
});

test("another account's token has no receipt", async () => {
  const refused = server.rival.client.native.tokens.receipt(server.acme.publicTokenId);
  await expect(refused).rejects.toMatchObject({ status: 404, code: 'token_not_found' });
});
