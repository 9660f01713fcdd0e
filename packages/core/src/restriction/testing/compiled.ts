import type { CompiledRestrictions } from '../compile-restrictions.ts';
import { compileRestrictions } from '../compile-restrictions.ts';
import type { Restriction } from '../restriction.ts';
import type { UrlIndex } from '../url-index.ts';

/** Compiles restrictions that a test takes to be canonical. */
export function compiled(...restrictions: readonly Restriction[]): CompiledRestrictions {
  const result = compileRestrictions(restrictions);
  if (result.unsupported !== undefined) throw new TypeError(`not canonical: ${result.unsupported}`);
  return result;
}

export function urlIndex(entries: readonly string[], strictPaths = false): UrlIndex {
  const { urls } = compiled({ kind: 'urls', entries, strictPaths });
  if (urls === undefined) throw new TypeError('no URLs');
  return urls;
}
