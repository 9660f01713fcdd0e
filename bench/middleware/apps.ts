import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Verifier } from '@latchkey/verifier';
import { latchkeyExpress } from '@latchkey/verifier/middleware/express';
import { latchkeyHook } from '@latchkey/verifier/middleware/fastify';
import { latchkeyFetch } from '@latchkey/verifier/middleware/fetch';
import { latchkeyHono } from '@latchkey/verifier/middleware/hono';
import { latchkeyNode } from '@latchkey/verifier/middleware/node';
import express from 'express';
import { fastify } from 'fastify';
import { Hono } from 'hono';

type Guarding = Pick<Verifier, 'verify'>;

/** The same route in one framework: without a verifier behind a middleware that does nothing, with one behind ours. */
export type MakeApp = (
  verifier: Guarding | undefined,
  requires: readonly string[],
) => RequestListener | Promise<RequestListener>;

const ROUTE = '/styles/v1/:owner/:style';
const ANSWER = { version: 8, name: 'Streets' } as const;
const TEXT = JSON.stringify(ANSWER);

export const apps: Readonly<Record<string, MakeApp>> = {
  'node:http': (verifier, requires) => {
    const middleware =
      verifier === undefined
        ? (_: unknown, __: unknown, next: () => void) => next()
        : latchkeyNode(verifier, { requires });
    return (request, response) =>
      middleware(request, response, () => {
        response
          .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': TEXT.length })
          .end(TEXT);
      });
  },

  'Express 5': (verifier, requires) => {
    const app = express();
    app.use(verifier === undefined ? (_, __, next) => next() : latchkeyExpress(verifier, { requires }));
    app.get(ROUTE, (_, response) => void response.json(ANSWER));
    return app;
  },

  'Fastify 5': async (verifier, requires) => {
    const app = fastify();
    app.addHook(
      'onRequest',
      verifier === undefined ? (_, __, done) => done() : latchkeyHook(verifier, { requires }),
    );
    app.get(ROUTE, (_, reply) => reply.send(ANSWER));
    await app.ready();
    return (request, response) => app.routing(request, response);
  },

  Hono: (verifier, requires) => {
    const app = new Hono();
    if (verifier === undefined) app.use((_, next) => next());
    else app.use(latchkeyHono(verifier, { requires }));
    app.get(ROUTE, (context) => context.json(ANSWER));
    return getRequestListener(app.fetch);
  },

  // Here the baseline has no middleware at all.
  'fetch wrapper around Hono': (verifier, requires) => {
    const app = new Hono();
    app.get(ROUTE, (context) => context.json(ANSWER));
    return getRequestListener(
      verifier === undefined ? app.fetch : latchkeyFetch<[unknown]>(verifier, { requires })(app.fetch),
    );
  },
};
