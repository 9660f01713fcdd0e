import type { Catalogue } from './catalogue.ts';
import type { Scope } from './scope.ts';

/** `entry` is the name as it came, cut to 80 characters. */
export type ParsedGrant =
  | { readonly ok: true; readonly scopes: readonly Scope[] }
  | { readonly ok: false; readonly entry: string; readonly reason: string; readonly fix: string };

/**
 * Turns the scope names of a request into a grant: exact names of the catalogue, each once, in the order asked for,
 * frozen. There are no wildcards and no roles, so a scope that joins the catalogue later joins no existing grant.
 */
export function parseGrant(names: readonly string[], catalogue: Catalogue): ParsedGrant {
  const scopes = new Set<Scope>();
  for (const name of names) {
    const known = catalogue.get(name);
    if (known === undefined) {
      const entry = name.length > 80 ? `${name.slice(0, 80)}…` : name;
      return {
        ok: false,
        entry,
        reason: `there is no scope "${entry}"`,
        fix: 'use names from the list of scopes, spelt out in full; there are no wildcards',
      };
    }
    scopes.add(known.id);
  }
  return { ok: true, scopes: Object.freeze([...scopes]) };
}
