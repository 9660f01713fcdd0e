import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CountedPolicy, deny } from '@latchkey/core';
import { expect, test } from 'vitest';
import { latchkeyFetch } from './fetch.ts';
import type { GuardOptions } from './guard.ts';
import { createGuard } from './guard.ts';
import { latchkeyNode } from './node.ts';

const ID = `c${'7'.repeat(24)}`;

/** What a verifier is told of a request that came with an id of a token, as a door in front sends it. */
async function policyBehind(
  options: Partial<GuardOptions>,
  id: string = ID,
): Promise<CountedPolicy | undefined> {
  let seen: CountedPolicy | undefined;
  const verifier = {
    verify(_: unknown, policy: CountedPolicy) {
      seen = policy;
      return deny('no_token');
    },
  };
  const guard = latchkeyNode(verifier, { requires: [], ...options });
  const server = createServer((request, response) => guard(request, response, () => response.end()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await (await fetch(`http://127.0.0.1:${port}/`, { headers: { 'latchkey-token-id': id } })).text();
  server.close();
  return seen;
}

test('a door in front is believed to have counted only where it is named', async () => {
  expect((await policyBehind({ doors: ['127.0.0.1'] }))?.countedAs).toBe(ID);
  expect((await policyBehind({ doors: ['127.0.0.0/8'] }))?.countedAs).toBe(ID);
  expect((await policyBehind({ doors: ['192.0.2.1'] }))?.countedAs).toBeUndefined();
  expect((await policyBehind({ doors: [] }))?.countedAs).toBeUndefined();
  expect((await policyBehind({}))?.countedAs).toBeUndefined();
  expect((await policyBehind({ trustedProxies: ['127.0.0.1'] }))?.countedAs).toBeUndefined();
});

test('a fetch handler believes the door by the peer that its server tells', async () => {
  let seen: CountedPolicy | undefined;
  const verifier = {
    verify(_: unknown, policy: CountedPolicy) {
      seen = policy;
      return deny('no_token');
    },
  };
  let peer = '192.0.2.1';
  const handler = latchkeyFetch(verifier, {
    requires: [],
    doors: ['192.0.2.1'],
    seenByServer: () => ({ peer }),
  })(() => new Response());
  const ask = () => handler(new Request('http://a.example/', { headers: { 'latchkey-token-id': ID } }));
  await ask();
  expect(seen?.countedAs).toBe(ID);
  peer = '192.0.2.2';
  await ask();
  expect(seen?.countedAs).toBeUndefined();
});

test('what is counted has the name of the service, and wrong names are refused at once', () => {
  const verifier = { verify: () => deny('no_token') };
  expect(() => createGuard(verifier, { requires: [], service: 'Maps!' })).toThrow(TypeError);
  expect(() => createGuard(verifier, { requires: [], service: 'maps' })).not.toThrow();
});
