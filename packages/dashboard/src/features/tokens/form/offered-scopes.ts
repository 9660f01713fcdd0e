import { ROLE_RIGHTS } from '@latchkey/core';
import type { Session } from '@latchkey/wire/native';
import type { OfferedScope } from './scope-groups.ts';

/** The scopes that a member may give to tokens of an account, in the order of the catalogue. The server has the last word. */
export function offeredTo(
  { role, kind }: Pick<Session['accounts'][number], 'role' | 'kind'>,
  scopes: readonly OfferedScope[],
): readonly OfferedScope[] {
  const { gives } = ROLE_RIGHTS[role];
  if (gives === 'nothing') return [];
  const holdsAll = gives === 'every scope' && kind === 'operator';
  return holdsAll ? scopes : scopes.filter(({ operatorOnly }) => !operatorOnly);
}
