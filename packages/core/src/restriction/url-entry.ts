import { canonicalPath } from './canonical-path.ts';
import { findFormFault } from './entry-form.ts';
import { findMixedScripts, readEntryHost } from './entry-host.ts';
import { isLoopback } from './host.ts';
import { defaultPort, isSchemeName, readPort, splitAuthority } from './origin.ts';
import type { UrlEntryFault } from './url-entry-fault.ts';
import { urlEntryFault } from './url-entry-fault.ts';
import type { UrlRule } from './url-rule.ts';
import { hasFreePort, readUrlRule, URL_ENTRY_LIMIT } from './url-rule.ts';
import type { UrlWarning } from './url-warning.ts';

export interface UrlEntryOptions {
  /** Schemes of native shells that the operator allows, such as `capacitor`; see {@link parseAppScheme}. */
  readonly appSchemes: readonly string[];
}

/** An accepted entry: `entry` is its canonical form, the one that is stored. */
export interface ParsedUrlEntry {
  readonly ok: true;
  readonly entry: string;
  readonly rule: UrlRule;
  readonly warnings: readonly UrlWarning[];
}

const NEVER_APP_SCHEMES = new Set(
  'http https ws wss ftp file data blob about javascript filesystem view-source null'.split(' '),
);

/** A scheme that an operator may list for native shells, lower case; undefined for schemes of the web and of no origin. */
export function parseAppScheme(text: string): string | undefined {
  return isSchemeName(text) && text.length <= 32 && !NEVER_APP_SCHEMES.has(text) ? text : undefined;
}

/**
 * Reads one URL entry as people type it: `[scheme://]host[:port][path]`. Forms written by habit (`https://x.example/*`,
 * `http://localhost:*`) are taken, with a `saved_as` warning wherever the stored form differs from the written one.
 * Everything else that is not an entry is refused with a reason and a fix. Never throws.
 */
export function parseUrlEntry(text: string, options: UrlEntryOptions): ParsedUrlEntry | UrlEntryFault {
  const written = text.trim();
  const fault = findFormFault(written, options.appSchemes);
  if (fault !== undefined) return fault;
  const mark = written.indexOf('://');
  const scheme = mark < 0 ? undefined : written.slice(0, mark).toLowerCase();
  const rest = mark < 0 ? written : written.slice(mark + 3);
  const slash = rest.indexOf('/');
  const authority = splitAuthority(slash < 0 ? rest : rest.slice(0, slash));
  const host = readEntryHost(authority.host, written);
  if (!host.ok) return host;
  const port = readEntryPort(authority.port, host.host, scheme, written);
  if (!port.ok) return port;
  const path = slash < 0 ? { ok: true as const, text: '' } : readEntryPath(rest.slice(slash), written);
  if (!path.ok) return path;
  const entry = `${scheme === undefined ? '' : `${scheme}://`}${host.host}${port.text}${path.text}`;
  const rule = readUrlRule(entry);
  if (rule !== undefined) return { ok: true, entry, rule, warnings: warningsFor(rule, written) };
  return urlEntryFault(
    'too_long',
    written,
    `is longer than ${URL_ENTRY_LIMIT} characters as it is stored`,
    'Write a shorter path.',
  );
}

function readEntryPort(
  digits: string | undefined,
  host: string,
  scheme: string | undefined,
  written: string,
): { readonly ok: true; readonly text: string } | UrlEntryFault {
  if (digits === undefined) return { ok: true, text: '' };
  if (digits === '*' && hasFreePort(host)) return { ok: true, text: '' };
  if (digits === '*') {
    return urlEntryFault(
      'wildcard',
      written,
      'has a wildcard for its port',
      'Name the port; only localhost may have any.',
    );
  }
  if (digits.includes(':')) {
    return urlEntryFault(
      'port',
      written,
      'has more than one colon after its host',
      'Put an IPv6 address in brackets: [2001:db8::1].',
    );
  }
  const port = readPort(digits);
  if (port === undefined || port === 0) {
    return urlEntryFault(
      'port',
      written,
      'has a port that is not a number from 1 to 65535',
      'Write it without zeros in front, or leave it out.',
    );
  }
  const isImplied = scheme !== undefined && port === defaultPort(scheme) && !hasFreePort(host);
  return { ok: true, text: isImplied ? '' : `:${port}` };
}

function readEntryPath(
  path: string,
  written: string,
): { readonly ok: true; readonly text: string } | UrlEntryFault {
  const prefix = path.endsWith('/*') ? path.slice(0, -2) : path;
  if (prefix === '' || prefix === '/') return { ok: true, text: '' };
  if (prefix.includes('*')) {
    return urlEntryFault(
      'path',
      written,
      'has a wildcard in its path',
      'Write the beginning of the path; everything below it matches.',
    );
  }
  const canonical = canonicalPath(prefix.replace(/\P{ASCII}+/gu, encodeText));
  if (canonical !== undefined) return { ok: true, text: canonical };
  const fix = 'Write it without empty or dot segments, and without encoded slashes: /maps/city.';
  return urlEntryFault('path', written, 'has a path that has no single meaning', fix);
}

/** A lone surrogate cannot be encoded; the raw character then spoils the path. */
function encodeText(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

function warningsFor(rule: UrlRule, written: string): readonly UrlWarning[] {
  const { entry } = rule;
  const warnings: UrlWarning[] = [];
  if (written !== entry) warnings.push({ code: 'saved_as', entry, written });
  if (rule.scheme === 'http' && !isLoopback(rule.host)) warnings.push({ code: 'insecure_http', entry });
  const mixed = findMixedScripts(rule.host);
  if (mixed !== undefined) warnings.push({ code: 'mixed_scripts', entry, ...mixed });
  if (rule.path !== undefined) warnings.push({ code: 'path_advisory', entry });
  return warnings;
}
