import { compileRestrictions, type ForeignRestriction } from '@latchkey/core';
import type { ParsedRecord } from '@latchkey/wire/feed';

const KNOWN_KINDS = ['urls', 'applications', 'addresses', 'resources'];

/** Why the token of a record that reads is denied nevertheless: a restriction that this build cannot apply. Undefined: it is not. */
export function unsupportedIn(parsed: ParsedRecord): string | undefined {
  const restrictions = restrictionsOf(parsed);
  if (restrictions.length === 0) return undefined;
  const { unsupported } = compileRestrictions(restrictions);
  return unsupported === undefined ? undefined : `a restriction is not supported: ${unsupported}`;
}

/** The same by the kinds alone, which costs next to nothing: for records that come by the million. */
export function unknownKindIn(parsed: ParsedRecord): string | undefined {
  const isKnown = restrictionsOf(parsed).every(({ kind }) => KNOWN_KINDS.includes(kind));
  return isKnown ? undefined : unsupportedIn(parsed);
}

/** The id of a record that reads; null where it is not about a token. */
export function idOf(parsed: ParsedRecord): string | null {
  return parsed.ok && 'id' in parsed.record ? parsed.record.id : null;
}

function restrictionsOf(parsed: ParsedRecord): readonly ForeignRestriction[] {
  return parsed.ok && 'restrictions' in parsed.record ? parsed.record.restrictions : [];
}
