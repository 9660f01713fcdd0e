import type { Catalogue, CatalogueScope } from './catalogue.ts';
import { makeCatalogue } from './catalogue.ts';
import { parseScope } from './scope.ts';

/**
 * The scopes of Latchkey's own APIs. Every installation has them, whatever catalogue its operator configures: use
 * {@link withBuiltInScopes}.
 */
export const builtInScopes: readonly CatalogueScope[] = Object.freeze([
  secret('scopes:list', 'List the scopes that this account may hold.'),
  secret('tokens:read', 'List and read the tokens of this account, and ask why a request was refused.'),
  secret('tokens:write', 'Create, change and revoke the tokens of this account.'),
  secret('statistics:read', 'Read how often the tokens of this account are used.'),
  secret('audit:read', 'Read the log of every change to the tokens of this account.'),
  operator('accounts:read', 'List and read all accounts of this installation.'),
  operator('accounts:write', 'Create, suspend and resume accounts.'),
  operator('verifiers:read', 'See which verifiers are connected and what they have applied.'),
  operator('verifiers:sync', 'Receive the token feed as a verifier.'),
]);

const mapScopes: readonly CatalogueScope[] = [
  open('styles:tiles', 'Read the raster tiles that are drawn from styles.'),
  open('styles:read', 'Read styles.'),
  open('fonts:read', 'Read fonts.'),
  open('datasets:read', 'Read datasets.'),
  open('vision:read', 'Read the vision models and use them.'),
  secret('map:read', 'Read map documents.'),
  secret('map:write', 'Create, change and delete map documents.'),
  secret('user:read', 'Read the profile of this account.'),
  secret('user:write', 'Change the profile of this account.'),
  secret('uploads:read', 'Read the state of an upload.'),
  secret('uploads:list', 'List the uploads of this account.'),
  secret('uploads:write', 'Upload files to be processed, and delete uploads.'),
  secret('fonts:list', 'List the fonts of this account.'),
  secret('fonts:write', 'Add and delete fonts.'),
  secret('fonts:metadata', 'Read the metadata of fonts.'),
  secret('styles:write', 'Create, change and delete styles.'),
  secret('styles:list', 'List the styles of this account.'),
  secret('styles:download', 'Download a style with everything that it uses.'),
  secret('styles:protect', 'Protect styles against changes, and lift the protection.'),
  secret('datasets:list', 'List the datasets of this account.'),
  secret('datasets:write', 'Create, change and delete datasets.'),
  secret('tilesets:list', 'List the tilesets of this account.'),
  secret('tilesets:read', 'Read tilesets and their metadata.'),
  secret('tilesets:write', 'Create, change and delete tilesets.'),
  secret('downloads:read', 'Download SDKs and other files for developers.'),
  secret('offline:read', 'Read offline regions.'),
  secret('offline:write', 'Create, change and delete offline regions.'),
  secret('user-feedback:read', 'Read the feedback that users have sent.'),
  secret('user-feedback:write', 'Change the state of feedback that users have sent.'),
  secret('analytics:read', 'Read analytics about the use of this account.'),
];

/**
 * The catalogue of an operator's own scopes together with {@link builtInScopes}. An entry of `list` may give a built-in
 * scope another description, not another class.
 * @throws TypeError where {@link makeCatalogue} does, and when `list` makes a built-in scope public or operator-only against its nature
 */
export function withBuiltInScopes(list: readonly CatalogueScope[]): Catalogue {
  const own = new Set(list.map(({ id }) => id));
  for (const builtIn of builtInScopes) {
    const given = list.find(({ id }) => id === builtIn.id);
    if (given !== undefined && (given.public || given.operatorOnly !== builtIn.operatorOnly)) {
      throw new TypeError(`the scope ${builtIn.id} belongs to Latchkey and cannot change its class`);
    }
  }
  return makeCatalogue([...list, ...builtInScopes.filter(({ id }) => !own.has(id))]);
}

/** The catalogue that ships: the scopes that the Mapbox clients expect, and Latchkey's own. */
export const defaultCatalogue: Catalogue = withBuiltInScopes(mapScopes);

function open(id: string, description: string): CatalogueScope {
  return { id: named(id), public: true, operatorOnly: false, description };
}

function secret(id: string, description: string): CatalogueScope {
  return { id: named(id), public: false, operatorOnly: false, description };
}

function operator(id: string, description: string): CatalogueScope {
  return { id: named(id), public: false, operatorOnly: true, description };
}

function named(id: string): CatalogueScope['id'] {
  const scope = parseScope(id);
  if (scope === undefined) throw new TypeError(`${id} is not the name of a scope`);
  return scope;
}
