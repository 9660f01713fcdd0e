import { canonicalPath } from './canonical-path.ts';
import { quoted } from './quote.ts';
import type { RestrictionFault } from './restriction-fault.ts';
import { restrictionFault } from './restriction-fault.ts';

const PREFIX_LIMIT = 255;

/**
 * Reads a path prefix of the API: `/styles/v1/acme/streets`. `prefix` is its canonical form, the one that is stored.
 * Refused: `/` alone, because a restriction must never come to mean "everything", wildcards, `;`, a query, and every path
 * that has no single meaning.
 */
export function parseResourcePrefix(
  text: string,
): { readonly ok: true; readonly prefix: string } | RestrictionFault {
  const written = text.trim();
  if (written.length > PREFIX_LIMIT) {
    return restrictionFault(
      `${quoted(written)} is longer than ${PREFIX_LIMIT} characters.`,
      'Write the beginning of the path.',
    );
  }
  if (!written.startsWith('/'))
    return restrictionFault(`${quoted(written)} is not a path.`, 'Begin with a slash: /styles/v1/acme.');
  if (written.includes('*')) {
    return restrictionFault(
      `${quoted(written)} has a wildcard.`,
      'Write the beginning of the path; everything below it matches.',
    );
  }
  const prefix = /[;?#]/.test(written) ? undefined : canonicalPath(written);
  if (prefix === undefined || /[*;]/.test(prefix) || prefix.length > PREFIX_LIMIT) {
    const fix =
      'Write plain segments, none of them empty or of dots, without ";", query or encoded slashes: /styles/v1/acme.';
    return restrictionFault(`${quoted(written)} has no single meaning as a path.`, fix);
  }
  if (prefix === '/') {
    return restrictionFault(
      '"/" holds every resource.',
      'Leave the resources out for a token that is not limited to some.',
    );
  }
  return { ok: true, prefix };
}

/** True for a prefix that is already canonical, as it is stored and sent to verifiers. */
export function isResourcePrefix(text: string): boolean {
  const parsed = parseResourcePrefix(text);
  return parsed.ok && parsed.prefix === text;
}
