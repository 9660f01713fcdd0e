import type { RouteTable, Scope } from '@latchkey/core';
import { canonicalPath, parseScope } from '@latchkey/core';

/**
 * Which scopes a request needs:
 * - a list: every request needs all of them; `[]`: any valid token will do;
 * - a route table (`buildRouteTable`): what its route says; a request that has no route is answered 404;
 * - a function: what it returns; `undefined`: no route, 404; `'open'`: no token is needed and none is looked at. It gets
 *   the path in canonical form (no `..`, no double slashes, nothing encoded that need not be, no slash at the end); a path that has
 *   none is answered 404, because servers disagree about what it means.
 */
export type Requires =
  | readonly string[]
  | RouteTable
  | ((method: string, path: string) => readonly string[] | 'open' | undefined);

export type RequiredScopes = (method: string, path: string) => Needed | 'open' | undefined;

export interface Needed {
  readonly scopes: readonly Scope[];
  /** Undefined: no route table says. */
  readonly service: { readonly name: string } | undefined;
}

/** @throws TypeError where a scope is not `resource:action`; for a function when it returns one. */
export function compileRequires(requires: Requires): RequiredScopes {
  if (typeof requires === 'function') {
    return (method, path) => {
      const canonical = canonicalPath(path);
      if (canonical === undefined) return undefined;
      const names = requires(method, canonical);
      return names === undefined || names === 'open' ? names : unnamed(parseAll(names));
    };
  }
  if ('match' in requires) return requires.match;
  const needed = unnamed(parseAll(requires));
  return () => needed;
}

function unnamed(scopes: readonly Scope[]): Needed {
  return { scopes, service: undefined };
}

function parseAll(names: readonly string[]): readonly Scope[] {
  return names.map((name) => {
    const scope = parseScope(name);
    if (scope === undefined) throw new TypeError(`not the name of a scope: ${JSON.stringify(name)}`);
    return scope;
  });
}
