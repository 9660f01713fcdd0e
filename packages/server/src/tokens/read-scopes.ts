import type { Catalogue, Scope } from '@latchkey/core';
import type { AccountRow } from '../store/rows.ts';
import type { Outcome } from './outcome.ts';
import { done, refused } from './outcome.ts';

/**
 * Reads the scope names of a request, each once, in the order asked for. A scope that the token holds already stays as
 * it was granted, whatever has become of it in the catalogue; every other must be in the catalogue and be one that the
 * account may hold.
 */
export function readScopes(
  names: readonly string[],
  account: Pick<AccountRow, 'kind' | 'allowance'>,
  catalogue: Catalogue,
  held: readonly Scope[] = [],
): Outcome<readonly Scope[]> {
  const scopes = new Set<Scope>();
  for (const name of names) {
    const scope = held.find((one) => one === name) ?? grantable(name, account, catalogue);
    if (scope === undefined) {
      const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name;
      const detail = `"${shown}" is not a scope that this account may hold.`;
      return refused({ code: 'scopes_invalid', detail, field: 'scopes' });
    }
    scopes.add(scope);
  }
  return done([...scopes]);
}

/** Every scope of the catalogue that the account may hold. */
export function grantableScopes(
  account: Pick<AccountRow, 'kind' | 'allowance'>,
  catalogue: Catalogue,
): readonly Scope[] {
  return catalogue.scopes.flatMap(({ id }) => grantable(id, account, catalogue) ?? []);
}

function grantable(
  name: string,
  { kind, allowance }: Pick<AccountRow, 'kind' | 'allowance'>,
  catalogue: Catalogue,
): Scope | undefined {
  const known = catalogue.get(name);
  if (known === undefined || (known.operatorOnly && kind !== 'operator')) return undefined;
  return allowance === null || allowance.includes(known.id) ? known.id : undefined;
}
