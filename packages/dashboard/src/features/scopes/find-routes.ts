import { buildRouteTable, parseScope, type ServiceDefinition } from '@latchkey/core';
import type { ScopeCatalogue, Services } from '@latchkey/wire/native';

export type Service = Services['services'][number];
export type Route = Service['routes'][number];
export type CatalogueEntry = ScopeCatalogue['scopes'][number];

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * The services with those of their routes that fit what was typed: every word stands in the route or its service. A path or an address finds the
 * routes that such a request goes to, by the rule that requests are judged by.
 */
export function findRoutes(services: readonly Service[], search: string): readonly Service[] {
  const path = pathOf(search);
  const exact = path === undefined ? new Set<string>() : routesAt(services, path);
  const words = wordsOf(search);
  return services
    .map((service) => ({
      ...service,
      routes: service.routes.filter(
        (route) => exact.has(keyOf(service, route)) || fits(words, textOf(service, route)),
      ),
    }))
    .filter(({ routes }) => routes.length > 0 || words.length === 0);
}

/** The scopes that fit what was typed, by name or description. */
export function findScopes(
  scopes: readonly CatalogueEntry[],
  search: string,
  describe: (scope: CatalogueEntry) => string,
): readonly CatalogueEntry[] {
  const words = wordsOf(search);
  return scopes.filter((scope) => fits(words, `${scope.id} ${scope.description} ${describe(scope)}`));
}

/** How many routes need each scope. */
export function countUses(services: readonly Service[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { routes } of services)
    for (const { scopes } of routes) for (const scope of scopes) uses.set(scope, (uses.get(scope) ?? 0) + 1);
  return uses;
}

function pathOf(search: string): string | undefined {
  const text = search.trim();
  if (text.startsWith('/')) return text.split(/[?#]/)[0];
  return /^https?:\/\//i.test(text) ? URL.parse(text)?.pathname : undefined;
}

function routesAt(services: readonly Service[], path: string): ReadonlySet<string> {
  const table = buildRouteTable(services.map(definitionOf));
  const found = new Set<string>();
  for (const method of METHODS) {
    const match = table.match(method, path);
    const service = services.find(({ name }) => name === match?.service.name);
    const route = service?.routes.find(
      (each) => each.path === match?.route.path && each.methods.includes(method),
    );
    if (service !== undefined && route !== undefined) found.add(keyOf(service, route));
  }
  return found;
}

function definitionOf({ baseUrl, ...service }: Service): ServiceDefinition {
  return {
    ...service,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    routes: service.routes.map((route) => ({
      ...route,
      scopes: route.scopes.flatMap((scope) => parseScope(scope) ?? []),
    })),
  };
}

function keyOf(service: Service, { methods, path }: Route): string {
  return `${service.name} ${methods.join(',')} ${path}`;
}

function textOf(service: Service, { methods, path, scopes, description }: Route): string {
  return [service.title, service.description, ...methods, path, ...scopes, description].join(' ');
}

function wordsOf(search: string): readonly string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

function fits(words: readonly string[], text: string): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
