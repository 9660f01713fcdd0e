import type { UrlWarning } from '@latchkey/core';
import { parse } from 'tldts';

/** Hosts above the public suffixes that their owners rent out, which the list itself does not name. */
const LANDLORDS = new Set([
  'amazonaws.com',
  'azure.com',
  'azure.net',
  'cloudflarestorage.com',
  'digitaloceanspaces.com',
  'googleapis.com',
  'linodeobjects.com',
  'windows.net',
]);

/**
 * Warns of canonical URL entries that let strangers in: the host is a public suffix (`co.uk`), a shared host that rents
 * out its subdomains (`github.io`), or one above such hosts (`amazonaws.com`). From the public suffix list, its
 * private part included.
 */
export function publicSuffixWarnings(entries: readonly string[]): readonly UrlWarning[] {
  return entries.flatMap((entry): UrlWarning[] => {
    const host = hostOf(entry);
    return isShared(host) ? [{ code: 'public_suffix', entry, suffix: host }] : [];
  });
}

function isShared(host: string): boolean {
  if (LANDLORDS.has(host)) return true;
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  // A name of one label that is in no list, such as `intranet`, counts as a suffix of its own there.
  return publicSuffix === host && (isIcann === true || isPrivate === true);
}

/** `[scheme://][*.]host[:port][/path]`. */
function hostOf(entry: string): string {
  const mark = entry.indexOf('://');
  const rest = mark < 0 ? entry : entry.slice(mark + 3);
  const [authority = ''] = rest.split('/', 1);
  const host = authority.startsWith('[') ? authority : (authority.split(':', 1)[0] ?? '');
  return host.startsWith('*.') ? host.slice(2) : host;
}
