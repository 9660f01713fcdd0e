import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { formatAckAnswer, parseAck } from '@latchkey/wire/feed';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Feed } from './feed.ts';
import type { FeedCaller } from './feed-caller.ts';
import { readText } from './read-text.ts';

export interface FeedRouteDeps {
  readonly feed: Pick<Feed, 'openStream' | 'acknowledge' | 'snapshot'>;
  /** The holder of a Bearer token with the scope `verifiers:sync`, or the refusal to answer with. */
  readonly authorize: (context: Context) => Promise<FeedCaller | Response>;
  /** Answers a refusal of the feed's own in the form of the native API (RFC 9457). */
  readonly refuse: (context: Context, refusal: FeedRefusal) => Response;
  readonly requestIdOf: (context: Context) => string;
}

export interface FeedRefusal {
  readonly code: 'invalid_request' | 'unknown_connection' | 'payload_too_large';
  readonly detail: string;
  readonly field?: string;
}

/** An ack with a thousand tombstones and a thousand rejected records. */
const MAX_ACK_BYTES = 1024 * 1024;
const NO_STORE = { 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

/**
 * `GET /v1/feed`, `GET /v1/feed/snapshot` and `POST /v1/feed/acks`. The stream writes to Node's own response, so the app
 * must be served by `@hono/node-server`. What the store rejects with is thrown to the app's error handler.
 */
export function createFeedRoutes(deps: FeedRouteDeps): Hono {
  const { feed, authorize, refuse, requestIdOf } = deps;
  const routes = new Hono();

  routes.get('/v1/feed', async (context) => {
    const caller = await authorize(context);
    if (caller instanceof Response) return caller;
    // A stream without a body would never end.
    if (context.req.method === 'HEAD') return new Response(null, { headers: NO_STORE });
    // The app is served by @hono/node-server, which binds these.
    const { outgoing } = context.env as HttpBindings;
    await feed.openStream(outgoing, {
      caller,
      cursor: context.req.query('cursor') ?? context.req.header('last-event-id'),
      name: label(context.req.query('name')),
      version: label(context.req.query('version')),
      instance: instanceOf(context.req.query('instance')),
      process: instanceOf(context.req.query('process')),
      keepsScopeBounds: context.req.query('bounds') === 'scopes',
    });
    return RESPONSE_ALREADY_SENT;
  });

  routes.get('/v1/feed/snapshot', async (context) => {
    const caller = await authorize(context);
    if (caller instanceof Response) return caller;
    const { chunks } = await feed.snapshot(context.req.query('atLeast'));
    const headers = { ...NO_STORE, 'content-type': 'application/x-ndjson', vary: 'Accept-Encoding' };
    const compressed = Readable.from(chunks, { objectMode: false });
    if (acceptsGzip(context.req.header('accept-encoding'))) {
      return new Response(bodyOf(compressed), { headers: { ...headers, 'content-encoding': 'gzip' } });
    }
    return new Response(bodyOf(compressed.pipe(createGunzip())), { headers });
  });

  routes.post('/v1/feed/acks', async (context) => {
    const caller = await authorize(context);
    if (caller instanceof Response) return caller;
    const text = await readText(context.req.raw.body, MAX_ACK_BYTES);
    if (text === undefined) {
      return refuse(context, { code: 'payload_too_large', detail: 'An ack has at most 1 MiB.' });
    }
    const parsed = parseAck(text);
    if (!parsed.ok) {
      const { field } = parsed;
      const detail = `The field ${field} of the ack is missing or wrong.`;
      return refuse(context, { code: 'invalid_request', detail, field });
    }
    const outcome = await feed.acknowledge(caller, parsed.ack, requestIdOf(context));
    if (!outcome.ok) {
      const detail = 'No stream of this verifier with that connection id is open here: open one.';
      return refuse(context, { code: outcome.reason, detail });
    }
    return new Response(formatAckAnswer(outcome.answer), {
      headers: { ...NO_STORE, 'content-type': 'application/json' },
    });
  });

  return routes;
}

function acceptsGzip(header: string | undefined): boolean {
  return (header ?? '')
    .split(',')
    .some((part) => /^\s*(?:x-)?gzip\s*(?:;\s*q=(?:1(?:\.0*)?|0\.\d*[1-9]\d*))?\s*$/i.test(part));
}

function label(text: string | undefined): string | undefined {
  // Names are shown to people and written to logs: short, and without control characters.
  return text?.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 64) || undefined;
}

function instanceOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Za-z0-9_-]{1,64}$/.test(text) ? text : undefined;
}

function bodyOf(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}
