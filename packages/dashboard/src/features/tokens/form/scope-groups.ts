import type { ScopeCatalogue, Services } from '@latchkey/wire/native';

export type OfferedScope = ScopeCatalogue['scopes'][number];
export type Service = Services['services'][number];

/** A route that a scope opens, as people read it: `GET /styles/v1/{account}`. */
export interface OpenedRoute {
  readonly service: string;
  readonly methods: readonly string[];
  readonly path: string;
  readonly description: string;
}

export interface GroupedScope {
  readonly id: string;
  readonly public: boolean;
  readonly description: string;
  readonly operatorOnly: boolean;
  /** What the scope opens; empty: no configured route asks for it. */
  readonly routes: readonly OpenedRoute[];
}

/** Scopes that people look for together. */
export interface ScopeGroup {
  /** A service's name, `management`, or the resource that the scopes' names begin with. */
  readonly id: string;
  readonly kind: 'service' | 'resource' | 'management';
  /** A service's title, or the resource's name. */
  readonly title: string;
  /** A service's description; empty otherwise. */
  readonly description: string;
  readonly scopes: readonly GroupedScope[];
}

/** Those of Latchkey's own APIs; every installation has them. */
const MANAGEMENT = new Set(['scopes', 'tokens', 'statistics', 'audit', 'accounts', 'verifiers', 'members']);

/**
 * Sorts scopes by the service that needs them: first by the routes that ask for a scope, then by its resource (`uploads:list`
 * stands beside `uploads:write`). Scopes of Latchkey's own APIs come last but for those of no service. Groups and
 * scopes keep the order of the configuration; each scope stands in one group.
 */
export function groupScopes(
  scopes: readonly OfferedScope[],
  services: readonly Service[],
): readonly ScopeGroup[] {
  const byService = serviceOfEachScope(services);
  const byResource = serviceOfEachResource(byService);
  const groups = new Map<
    string,
    { readonly head: Omit<ScopeGroup, 'scopes'>; readonly scopes: GroupedScope[] }
  >();
  for (const service of services) {
    const { name, title, description } = service;
    groups.set(`service ${name}`, { head: { id: name, kind: 'service', title, description }, scopes: [] });
  }
  for (const scope of scopes) {
    const resource = resourceOf(scope.id);
    const service =
      byService.get(scope.id) ?? (MANAGEMENT.has(resource) ? undefined : byResource.get(resource));
    const head = headOf(service, resource);
    const key = `${head.kind} ${head.id}`;
    const group = groups.get(key) ?? { head, scopes: [] };
    groups.set(key, group);
    group.scopes.push({ ...scope, routes: routesOf(scope.id, services) });
  }
  return [...groups.values()]
    .filter((group) => group.scopes.length > 0)
    .map(({ head, scopes: grouped }) => ({ ...head, scopes: grouped }))
    .sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
}

const ORDER = { service: 0, resource: 1, management: 2 } satisfies Record<ScopeGroup['kind'], number>;

/** The groups with the scopes of one class only; groups that have none are left out. */
export function ofClass(groups: readonly ScopeGroup[], isPublic: boolean): readonly ScopeGroup[] {
  return groups
    .map((group) => ({ ...group, scopes: group.scopes.filter((scope) => scope.public === isPublic) }))
    .filter((group) => group.scopes.length > 0);
}

function headOf(service: Service | undefined, resource: string): Omit<ScopeGroup, 'scopes'> {
  if (service !== undefined) {
    const { name, title, description } = service;
    return { id: name, kind: 'service', title, description };
  }
  if (MANAGEMENT.has(resource))
    return { id: 'management', kind: 'management', title: 'management', description: '' };
  return { id: resource, kind: 'resource', title: inWords(resource), description: '' };
}

/** `user-feedback` as `User feedback`. */
function inWords(resource: string): string {
  const words = resource.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function serviceOfEachScope(services: readonly Service[]): ReadonlyMap<string, Service> {
  const found = new Map<string, Service>();
  for (const service of services)
    for (const route of service.routes)
      for (const scope of route.scopes) if (!found.has(scope)) found.set(scope, service);
  return found;
}

function serviceOfEachResource(byScope: ReadonlyMap<string, Service>): ReadonlyMap<string, Service> {
  const found = new Map<string, Service>();
  for (const [scope, service] of byScope) {
    const resource = resourceOf(scope);
    // A service that is named like the resource is its home, whoever else needs it.
    if (!found.has(resource) || service.name === resource) found.set(resource, service);
  }
  return found;
}

function routesOf(scope: string, services: readonly Service[]): readonly OpenedRoute[] {
  return services.flatMap(({ name, routes }) =>
    routes
      .filter((route) => route.scopes.includes(scope))
      .map(({ methods, path, description }) => ({ service: name, methods, path, description })),
  );
}

function resourceOf(scope: string): string {
  return scope.split(':', 1)[0] ?? scope;
}
