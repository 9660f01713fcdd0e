import {
  buildRouteTable,
  parseScope,
  type RouteTable,
  type Scope,
  type ServiceDefinition,
} from '@latchkey/core';
import { createClient } from '@latchkey/wire/client';

/** One request for each route that this API has; the server's table must know them all. */
const ROUTES: readonly (readonly [method: string, path: string])[] = [
  ['GET', '/styles/v1/account'],
  ['GET', '/styles/v1/account/light'],
  ['GET', '/v4/world.json'],
  ['GET', '/v4/world/0/0/0.vector.pbf'],
  ['GET', '/fonts/v1/account/font/0-255.pbf'],
  ['POST', '/uploads/v1/account'],
  ['GET', '/uploads/v1/account'],
  ['GET', '/uploads/v1/account/id'],
  ['DELETE', '/uploads/v1/account/id'],
];

/**
 * Asks the Latchkey server which scopes this API's routes need (`GET /v1/services`, open to all).
 * @throws Error with a sentence for people when the server does not answer, or its table lacks a route
 */
export async function readServices(latchkeyUrl: string): Promise<RouteTable> {
  const { services } = await createClient({ url: latchkeyUrl }).native.services();
  const table = buildRouteTable(services.map(toDefinition));
  const missing = ROUTES.filter(([method, path]) => table.match(method, path) === undefined);
  if (missing.length === 0) return table;
  const list = missing.map(([method, path]) => `${method} ${path}`).join(', ');
  throw new Error(
    `The services of ${latchkeyUrl} have no route for ${list}. Start the server with the latchkey.yaml of this repository.`,
  );
}

function toDefinition(service: Listed): ServiceDefinition {
  const { baseUrl, ...rest } = service;
  const routes = service.routes.map((route) => ({ ...route, scopes: route.scopes.map(toScope) }));
  return { ...rest, routes, ...(baseUrl === undefined ? {} : { baseUrl }) };
}

type Listed = Awaited<ReturnType<ReturnType<typeof createClient>['native']['services']>>['services'][number];

function toScope(name: string): Scope {
  const scope = parseScope(name);
  if (scope === undefined) throw new Error(`The server's services need "${name}", which is no scope.`);
  return scope;
}
