import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import { ProblemSchema } from '@latchkey/wire/native';
import { TokensApiErrorSchema } from '@latchkey/wire/tokens-api';
import type { Endpoint } from '../endpoint.ts';
import { nativeEndpoints, tokensApiEndpoints } from '../endpoints.ts';
import { SESSION_COOKIE } from '../session/cookies.ts';
import { otherPaths } from './other-paths.ts';
import { sessionPaths } from './session-paths.ts';

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/** The OpenAPI 3.1 document of everything that the server answers, made from the very schemas that it parses with. */
export function buildOpenApiDocument(version: string): Document {
  // Serves nothing: it is the registry and the generator that come with it.
  const document = new OpenAPIHono();
  const registry = document.openAPIRegistry;
  for (const endpoint of tokensApiEndpoints) registry.registerPath(describe(endpoint));
  for (const endpoint of nativeEndpoints) registry.registerPath(describe(endpoint));
  for (const path of sessionPaths()) registry.registerPath(path);
  for (const path of otherPaths) registry.registerPath(path);
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of the account, as RFC 6750 has it.',
  });
  registry.registerComponent('securitySchemes', 'basic', {
    type: 'http',
    scheme: 'basic',
    description: "For OAuth clients: the account's name, and a token of it as the password.",
  });
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description: 'The session of a person, in pages of this server alone.',
  });
  registry.registerComponent('securitySchemes', 'query', {
    type: 'apiKey',
    in: 'query',
    name: 'access_token',
    description: 'The same token in the query, as existing clients of the Tokens API send it.',
  });
  return document.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Latchkey',
      version,
      description: 'The Tokens API, compatible with existing clients, and the native API under /v1.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [{ name: 'Tokens API' }, { name: 'Native API' }, { name: 'Session' }, { name: 'Feed' }],
  });
}

function describe<Code extends string>(endpoint: Endpoint<Code>): RouteConfig {
  const { method, path, operationId, summary, description, query, body, success, style } = endpoint;
  const isNative = style.name === 'native';
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const isForPeople = endpoint.tokensRefused !== undefined;
  const errorType = isNative ? 'application/problem+json' : 'application/json';
  const errorSchema = isNative ? ProblemSchema : TokensApiErrorSchema;
  return {
    method,
    path,
    operationId,
    summary,
    description: [...(description === undefined ? [] : [description]), needsOf(endpoint)].join(' '),
    tags: [isForPeople ? 'Session' : isNative ? 'Native API' : 'Tokens API'],
    security: securityOf(endpoint),
    request: {
      ...(names.length === 0
        ? {}
        : { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined
        ? {}
        : { body: { required: true, content: { 'application/json': { schema: body } } } }),
      ...(endpoint.takesIdempotencyKey === true ? { headers: IdempotencyHeaders } : {}),
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
        content: { [errorType]: { schema: errorSchema } },
      },
    },
  };
}

/** Who may call. */
interface Access {
  readonly requires: readonly string[] | undefined;
  readonly admitMember: unknown;
  readonly tokensRefused: unknown;
}

function needsOf({ requires, tokensRefused }: Access): string {
  if (tokensRefused !== undefined) return 'For pages of this server, when somebody is signed in.';
  return requires === undefined ? 'Needs no token.' : `Needs a token with ${requires.join(' and ')}.`;
}

/** OpenAPI 3.1 lets a requirement of any scheme name what is needed; here, the scopes. */
function securityOf({ requires, admitMember, tokensRefused }: Access) {
  if (requires === undefined) return [{}];
  const session = admitMember === undefined ? [] : [{ session: [] }];
  if (tokensRefused !== undefined) return session;
  return [{ bearer: [...requires] }, { query: [...requires] }, ...session];
}

const IdempotencyHeaders = z.object({
  'Idempotency-Key': z.string().optional().meta({
    description:
      'For a week the same key for the same call makes no second token; its answer is without the text.',
  }),
});
