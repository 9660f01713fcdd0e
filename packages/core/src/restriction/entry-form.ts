import { platformHost } from './platform-url.ts';
import { quotedLetters } from './quote.ts';
import type { UrlEntryFault } from './url-entry-fault.ts';
import { urlEntryFault, writeInstead } from './url-entry-fault.ts';
import { URL_ENTRY_LIMIT } from './url-rule.ts';

/** What spoils a typed entry as a whole, before its host, port and path are read one by one; undefined: nothing. */
export function findFormFault(written: string, appSchemes: readonly string[]): UrlEntryFault | undefined {
  if (written === '')
    return urlEntryFault(
      'empty',
      written,
      'is empty',
      'Write a host, such as app.example.com, or leave it out.',
    );
  if (written === '*') {
    return urlEntryFault(
      'wildcard',
      written,
      'would allow every site',
      'Name the sites, or send no list for a token that works anywhere.',
    );
  }
  if (written.length > URL_ENTRY_LIMIT) {
    return urlEntryFault(
      'too_long',
      written,
      `is longer than ${URL_ENTRY_LIMIT} characters`,
      'Name the host, and a shorter path.',
    );
  }
  if (/[\s\\\p{Cc}]/u.test(written)) {
    return urlEntryFault(
      'characters',
      written,
      'has white space, a control character or a backslash',
      'Write one entry, in plain characters.',
    );
  }
  return findSchemeFault(written, appSchemes) ?? findPartFault(written) ?? findBareIpv6(written);
}

function findSchemeFault(written: string, appSchemes: readonly string[]): UrlEntryFault | undefined {
  if (written.startsWith('/')) {
    return urlEntryFault('scheme', written, 'begins with a slash', writeInstead(written.replace(/^\/+/, '')));
  }
  const allowed = ['http', 'https', ...appSchemes];
  const colon = written.indexOf(':');
  const scheme = written.slice(0, Math.max(colon, 0)).toLowerCase();
  if (!written.includes('://')) {
    if (!allowed.includes(scheme) || /^\d+(?:\/|$)/.test(written.slice(colon + 1))) return undefined;
    const rest = written.slice(colon + 1).replace(/^\/+/, '');
    return urlEntryFault(
      'scheme',
      written,
      'has a scheme without "://"',
      `Write ${quotedLetters(`${scheme}://${rest}`)}.`,
    );
  }
  if (written.startsWith('://', colon) && allowed.includes(scheme)) return undefined;
  const fix = `Begin with ${allowed.map((name) => `${name}://`).join(', ')}, or with the host for both http and https.`;
  return urlEntryFault('scheme', written, 'has a scheme that is not allowed here', fix);
}

function findPartFault(written: string): UrlEntryFault | undefined {
  if (written.includes('?')) {
    return urlEntryFault(
      'query',
      written,
      'has a query',
      writeInstead(written.slice(0, written.indexOf('?'))),
    );
  }
  if (written.includes('#')) {
    return urlEntryFault(
      'fragment',
      written,
      'has a fragment',
      writeInstead(written.slice(0, written.indexOf('#'))),
    );
  }
  if (!/^(?:[^/]*:\/\/)?[^/]*@/.test(written)) return undefined;
  return urlEntryFault(
    'userinfo',
    written,
    'names a user',
    'Leave out everything up to the "@", if the host behind it is meant.',
  );
}

function findBareIpv6(written: string): UrlEntryFault | undefined {
  const authority = /^(?:[^/]*:\/\/)?([0-9a-f]*(?::[0-9a-f.]*){2,})(?:\/|$)/i.exec(written)?.[1];
  const canonical = authority === undefined ? undefined : platformHost(`[${authority}]`);
  if (canonical === undefined) return undefined;
  return urlEntryFault('ip_form', written, 'has an IPv6 address without brackets', `Write ${canonical}.`);
}
