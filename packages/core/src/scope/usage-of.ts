import type { Catalogue } from './catalogue.ts';
import type { Scope } from './scope.ts';

/**
 * The usage that a new token with these scopes gets: `pk` when all are public (none at all counts as that), `sk`
 * as soon as one is secret. A scope that the catalogue does not know counts as secret.
 */
export function usageOf(scopes: readonly Scope[], catalogue: Catalogue): 'pk' | 'sk' {
  return scopes.every((scope) => catalogue.get(scope)?.public === true) ? 'pk' : 'sk';
}
