import { type RouteConfig, z } from '@hono/zod-openapi';
import { ProblemSchema } from '@latchkey/wire/native';

const refusal = {
  description: 'Any refusal; `code` says which.',
  content: { 'application/problem+json': { schema: ProblemSchema } },
};
const feed = { tags: ['Feed'], security: [{ bearer: ['verifiers:sync'] }] };

/** Paths that are not endpoints of the two APIs: the feed, which has a module of its own, and the server's health. */
export const otherPaths: readonly RouteConfig[] = [
  {
    ...feed,
    method: 'get',
    path: '/v1/feed',
    operationId: 'openFeed',
    summary: 'Follow the changes',
    description:
      'Server-sent events: `hello`, `change`, `heartbeat`, `bye`. Needs a token with verifiers:sync.',
    request: {
      query: z.object({
        cursor: z.string().optional(),
        name: z.string().optional(),
        version: z.string().optional(),
      }),
    },
    responses: {
      200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
      default: refusal,
    },
  },
  {
    ...feed,
    method: 'get',
    path: '/v1/feed/snapshot',
    operationId: 'getFeedSnapshot',
    summary: 'Fetch the snapshot',
    description: 'One record a line, the last line is `end`. Needs a token with verifiers:sync.',
    request: { query: z.object({ atLeast: z.string().optional() }) },
    responses: {
      200: { description: 'The records.', content: { 'application/x-ndjson': { schema: z.string() } } },
      default: refusal,
    },
  },
  {
    ...feed,
    method: 'post',
    path: '/v1/feed/acks',
    operationId: 'acknowledgeFeed',
    summary: 'Acknowledge what was applied',
    description: 'Needs a token with verifiers:sync.',
    request: {
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.object({
              connection: z.string(),
              applied: z.string(),
              rejected: z.array(
                z.object({ revision: z.number().int(), id: z.string().nullable(), reason: z.string() }),
              ),
              tombstones: z
                .array(z.object({ id: z.string(), digest: z.string(), revision: z.number().int() }))
                .optional(),
              sent: z.number().int(),
            }),
          },
        },
      },
    },
    responses: {
      200: {
        description: 'Where the server stands.',
        content: {
          'application/json': {
            schema: z.object({
              head: z.string(),
              serverTime: z.number().int(),
              staleness: z.object({ secret: z.number(), temporary: z.number(), public: z.number() }),
            }),
          },
        },
      },
      default: refusal,
    },
  },
  ...(['/healthz', '/readyz'] as const).map(
    (path): RouteConfig => ({
      method: 'get',
      path,
      operationId: path.slice(1),
      summary: path === '/healthz' ? 'The process runs' : 'The store answers',
      security: [{}],
      responses: {
        200: {
          description: 'Yes.',
          content: { 'application/json': { schema: z.object({ status: z.string() }) } },
        },
        ...(path === '/readyz' ? { 503: { description: 'Not now.' } } : {}),
      },
    }),
  ),
];
