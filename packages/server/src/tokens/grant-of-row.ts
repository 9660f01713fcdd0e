import type { Grant } from '@latchkey/core';
import type { TokenRow } from '../store/rows.ts';

/** Everything that the token may do, where and how long. */
export function grantOfRow({ scopes, restrictions, expires }: TokenRow): Grant {
  return { scopes, restrictions, expires };
}
