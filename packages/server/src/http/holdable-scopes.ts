import type { Catalogue, CatalogueScope } from '@latchkey/core';
import type { AccountRow } from '../store/rows.ts';

/** What tokens of an account may hold, in the order of the catalogue. */
export function holdableScopes(account: AccountRow, catalogue: Catalogue): readonly CatalogueScope[] {
  const { allowance, kind } = account;
  return catalogue.scopes.filter(
    ({ id, operatorOnly }) =>
      (allowance === null || allowance.includes(id)) && (!operatorOnly || kind === 'operator'),
  );
}
