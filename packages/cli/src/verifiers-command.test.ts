import { ReceiptSchema, VerifiersSchema } from '@latchkey/wire/native';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { type Installation, startInstallation } from './testing/installation.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.remove());

const asOperator: Installation['run'] = (args) =>
  installation.run(args, { env: { LATCHKEY_TOKEN: installation.operatorToken } });

async function make(run: Installation['run']): Promise<string> {
  const made = await run(['token', 'create', '--scopes', 'styles:read', '--json']);
  return made.jsonOf(z.object({ id: z.string() })).id;
}

const revocation = z.object({
  revoked: z.array(z.string()),
  receipts: z.array(
    z.object({
      id: z.string(),
      revision: z.number(),
      pending: z.number(),
      receipt: ReceiptSchema.optional(),
    }),
  ),
});

it('revokes and waits for nobody where there is no verifier, and says so', async () => {
  expect((await asOperator(['verifiers'])).stdout).toBe('No verifier has connected yet.\n');
  const id = await make(asOperator);
  const done = await asOperator(['token', 'revoke', id, '--yes', '--wait', '1']);
  expect(done).toMatchObject({
    code: 0,
    stdout: `Revoked ${id}. It is refused from now on.\nEvery verifier has it.\n`,
  });
});

it('shows each verifier, and ends with 7 where one had not applied the revocation in time', async () => {
  const sync = await asOperator(['token', 'create', '--scopes', 'verifiers:sync', '--json']);
  const { token } = sync.jsonOf(z.object({ token: z.string() }));
  // It never acknowledges.
  const end = new AbortController();
  await fetch(`${installation.url}/v1/feed?name=maps&instance=one`, {
    headers: { authorization: `Bearer ${token}` },
    signal: end.signal,
  });

  const { verifiers } = (await asOperator(['verifiers', '--json'])).jsonOf(VerifiersSchema);
  expect(verifiers).toMatchObject([{ name: 'maps', state: 'pending', rejected: [] }]);
  expect((await asOperator(['verifiers'])).stdout).toMatch(/^maps +behind +\d{4}-/m);

  const [first, second] = [await make(asOperator), await make(installation.run)];
  const drawn = await asOperator(['token', 'revoke', first, '--yes', '--wait', '1']);
  expect(drawn.code).toBe(7);
  expect(drawn.stdout).toBe(`Revoked ${first}. It is refused from now on.\n`);
  expect(drawn.stderr).toContain('  maps: connected, not yet\n');
  expect(drawn.stderr).toContain('error: 1 verifiers may still decide without it after 1 s.\n');

  // An account's own token may not see verifiers: the server waits, and tells a number.
  const told = await installation.run(['token', 'revoke', second, '--yes', '--wait', '1', '--json']);
  expect(told.code).toBe(7);
  expect(told.error()).toMatchObject({ code: 'receipt_pending', exitCode: 7 });
  expect(told.jsonOf(revocation)).toMatchObject({
    revoked: [second],
    receipts: [{ id: second, pending: 1 }],
  });
  expect(told.jsonOf(revocation).receipts[0]).not.toHaveProperty('receipt');
  end.abort();
});
