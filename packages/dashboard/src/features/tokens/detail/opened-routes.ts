import type { Services } from '@latchkey/wire/native';

export interface OpenedRoute {
  readonly service: string;
  readonly methods: readonly string[];
  readonly path: string;
  readonly description: string;
  /** What the route needs besides. */
  readonly alsoNeeds: readonly string[];
}

/** The documented routes that need a scope. */
export function routesOf(scope: string, services: Services['services']): readonly OpenedRoute[] {
  return services.flatMap(({ title, routes }) =>
    routes
      .filter(({ scopes }) => scopes.includes(scope))
      .map(({ methods, path, description, scopes }) => ({
        service: title,
        methods,
        path,
        description,
        alsoNeeds: scopes.filter((each) => each !== scope),
      })),
  );
}
