import type { Scope } from '../scope/scope.ts';

/** One API of the provider, as the operator describes it: its routes, and the scopes that each needs. */
export interface ServiceDefinition {
  /** `a-z0-9-`, beginning with a letter, at most 63 characters; unique in the installation. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Where the service answers, for the documentation: `https://api.example.com`. */
  readonly baseUrl?: string;
  readonly routes: readonly RouteDefinition[];
}

export interface RouteDefinition {
  /** In capitals: `GET`. `GET` covers `HEAD` where no route names `HEAD`. */
  readonly methods: readonly string[];
  /** `/styles/v1/{account}/{style}`; a last `{rest*}` takes one or more segments. */
  readonly path: string;
  /** A request needs all of them; empty: any valid token will do. */
  readonly scopes: readonly Scope[];
  readonly description: string;
}
