import fastify from 'fastify';
import { expect, test } from 'vitest';
import type { Verifier } from '../verifier.ts';
import { latchkeyFastify, latchkeyHook } from './fastify.ts';
import { describeAdapter, describeIdentity } from './testing/adapter-suite.ts';

const DENY_ALL: Pick<Verifier, 'verify'> = {
  verify: () => ({
    allow: false,
    reason: 'no_token',
    detail: undefined,
    scope: undefined,
    token: undefined,
  }),
};

describeAdapter({
  name: 'fastify',
  listen: (verifier, options) => {
    const app = fastify();
    // What a plugin throws shows only when Fastify has started, so the suite takes the plugin's hook.
    app.addHook('onRequest', latchkeyHook(verifier, options));
    app.all('*', (request, reply) => reply.send(describeIdentity(request.latchkey)));
    return async (request, response) => {
      await app.ready();
      app.routing(request, response);
    };
  },
  knownGaps: {},
});

test('the plugin guards routes that other plugins add after it, and the answer to unknown paths', async () => {
  const app = fastify();
  app.register(latchkeyFastify, { verifier: DENY_ALL, requires: [] });
  app.register(async (inner) => {
    inner.get('/inner', () => 'let in');
  });
  for (const url of ['/inner', '/nothing-there']) {
    const answer = await app.inject({ method: 'GET', url });
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'no_token']);
  }
});

test('a wrong option ends the start', async () => {
  const app = fastify();
  app.register(latchkeyFastify, { verifier: DENY_ALL, requires: ['styles'] });
  await expect(app.ready()).rejects.toThrow(TypeError);
});

test('a hook guards its own route and no other', async () => {
  const app = fastify();
  app.get('/guarded', { onRequest: latchkeyHook(DENY_ALL, { requires: [] }) }, () => 'let in');
  app.get('/free', () => 'let in');
  expect((await app.inject('/guarded')).statusCode).toBe(401);
  expect((await app.inject('/free')).body).toBe('let in');
});
