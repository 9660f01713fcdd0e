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
    tags: ['Session'],
    security: [{ session: [] }, { bearer: ['tokens:read'] }],
    method: 'get',
    path: '/v1/events',
    operationId: 'followEvents',
    summary: "Follow the changes of the caller's account",
    description:
      'Server-sent events: `hello`, then `change` with `{kind: "token" | "account" | "member", id, action, sequence}`, and `bye` when the caller may listen no longer. After a break look at everything anew. Needs tokens:read.',
    responses: {
      200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
      default: refusal,
    },
  },
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
        instance: z.string().optional(),
        process: z.string().optional(),
        bounds: z.literal('scopes').optional(),
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
    path: '/v1/usage/batches',
    operationId: 'reportUsage',
    summary: 'Report usage',
    description:
      'What a verifier counted since its batch before; a batch counts once, however often it comes. Rows name texts by their places. Needs a token with verifiers:sync.',
    request: {
      query: z.object({
        sentAt: z.string().optional().openapi({ description: "Unix milliseconds by the verifier's clock." }),
      }),
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.object({
              reporter: z.string(),
              sequence: z.number().int(),
              until: z.number().int().nullable(),
              isLast: z.boolean(),
              texts: z.array(z.string()),
              counters: z
                .array(z.array(z.number().int()))
                .openapi({ description: 'minute, token, service, scopes, outcome, count' }),
              sources: z.array(z.array(z.number().int())).openapi({
                description: 'token, service, outcome, origin, client, address, count, last time',
              }),
              refusals: z.array(z.record(z.string(), z.unknown())),
            }),
          },
        },
      },
    },
    responses: {
      200: {
        description: 'Whether it was new, and tokens that are not known here.',
        content: {
          'application/json': {
            schema: z.object({
              taken: z.boolean(),
              serverTime: z.number().int(),
              unknownTokens: z.array(z.string()),
              addresses: z.boolean(),
            }),
          },
        },
      },
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
              staleness: z.object({
                secret: z.number(),
                temporary: z.number(),
                public: z.number(),
                scopes: z.record(z.string(), z.number()).optional(),
              }),
            }),
          },
        },
      },
      default: refusal,
    },
  },
  ...(['introspect', 'revoke'] as const).map(
    (name): RouteConfig => ({
      tags: ['OAuth 2.0'],
      security: [
        { bearer: [name === 'introspect' ? 'tokens:read' : 'tokens:write'] },
        { basic: [name === 'introspect' ? 'tokens:read' : 'tokens:write'] },
      ],
      method: 'post',
      path: `/oauth2/${name}`,
      operationId: `oauth2${name === 'introspect' ? 'Introspect' : 'Revoke'}`,
      summary: name === 'introspect' ? 'Introspect a token (RFC 7662)' : 'Revoke a token (RFC 7009)',
      description:
        'The token to call with comes as Bearer, or as the password of Basic with its account as user. A token of another account is answered as one that nobody has.',
      request: {
        body: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: z.object({ token: z.string(), token_type_hint: z.string().optional() }),
            },
          },
        },
      },
      responses: {
        200:
          name === 'introspect'
            ? {
                description: '`{"active": false}` for all that is not valid or not to be seen.',
                content: { 'application/json': { schema: z.object({ active: z.boolean() }).loose() } },
              }
            : { description: "No token of the caller's account is valid with this text." },
        default: {
          description: 'RFC 6749, section 5.2.',
          content: {
            'application/json': {
              schema: z.object({ error: z.string(), error_description: z.string().optional() }),
            },
          },
        },
      },
    }),
  ),
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
