import { type RouteConfig, z } from '@hono/zod-openapi';
import { ProblemSchema } from '@latchkey/wire/native';
import type { SessionEndpoint } from '../session/session-endpoint.ts';
import { sessionEndpoints } from '../session/session-endpoints.ts';

/** Sign-in and sessions, for the document of the API. */
export function sessionPaths(): readonly RouteConfig[] {
  return sessionEndpoints.map(describe);
}

const NEEDS = {
  anybody: 'For pages of this server.',
  waiting: 'For pages of this server, while the second factor is waited for.',
  person: 'For pages of this server, when somebody is signed in.',
} as const;

function describe(endpoint: SessionEndpoint): RouteConfig {
  const { method, path, operationId, summary, description, body, who, success } = endpoint;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return {
    method,
    path,
    operationId,
    summary,
    description: description === undefined ? NEEDS[who] : `${description} ${NEEDS[who]}`,
    tags: ['Session'],
    security: who === 'anybody' ? [{}] : [{ session: [] }],
    request: {
      ...(names.length === 0
        ? {}
        : { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
      ...(body === undefined
        ? {}
        : { body: { required: true, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      [success.status]: {
        description: success.description,
        ...(success.schema === undefined
          ? {}
          : { content: { 'application/json': { schema: success.schema } } }),
      },
      default: {
        description: 'Any refusal; `code` says which.',
        content: { 'application/problem+json': { schema: ProblemSchema } },
      },
    },
  };
}
