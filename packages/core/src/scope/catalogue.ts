import type { Scope } from './scope.ts';

/** A scope that an installation offers. */
export interface CatalogueScope {
  readonly id: Scope;
  /** A token whose scopes are all public is public (`pk`): it may stand in a web page. */
  readonly public: boolean;
  /** Only the operator's own account can hold it. Never public. */
  readonly operatorOnly: boolean;
  /** One sentence in plain English: what a token with this scope may do. */
  readonly description: string;
}

/** The scopes of an installation. Tokens hold copies of names: a later change of the catalogue changes no token. */
export interface Catalogue {
  /** In the order in which they are listed to people. */
  readonly scopes: readonly CatalogueScope[];
  /** Takes any text, so that a request's scope names can be looked up before they are parsed. */
  get(id: string): CatalogueScope | undefined;
}

/**
 * Makes a catalogue; the list is copied and frozen.
 * @throws TypeError when a scope occurs twice, or is both public and operator-only
 */
export function makeCatalogue(list: readonly CatalogueScope[]): Catalogue {
  const byId = new Map<string, CatalogueScope>();
  for (const { id, public: isPublic, operatorOnly, description } of list) {
    if (byId.has(id)) throw new TypeError(`the scope ${id} is in the catalogue twice`);
    if (isPublic && operatorOnly) throw new TypeError(`the scope ${id} cannot be public and operator-only`);
    byId.set(id, Object.freeze({ id, public: isPublic, operatorOnly, description }));
  }
  return Object.freeze({
    scopes: Object.freeze([...byId.values()]),
    get: (id: string) => byId.get(id),
  });
}
