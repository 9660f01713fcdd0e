import { endsInNumber } from './host.ts';
import { isSchemeName, ORIGIN_LIMIT, readReferer } from './origin.ts';
import { quoted } from './quote.ts';

/** Says what is wrong with an `Origin` that is not canonical, and what would be. */
export function explainOrigin(text: string): string {
  const wanted = 'It must be one origin as browsers write it, such as "https://app.example.com".';
  return `Origin ${quoted(beforeQuery(text))} ${faultOfOrigin(text)}. ${wanted}`;
}

/** Says what is wrong with a `Referer` that is not an absolute http or https URL. Its query is never shown. */
export function explainReferer(text: string): string {
  const wanted = 'It must be an absolute http or https URL, such as "https://app.example.com/".';
  if (beforeQuery(text).includes('@')) return `Referer ${faultOfReferer(text)}. ${wanted}`;
  return `Referer ${quoted(beforeQuery(text))} ${faultOfReferer(text)}. ${wanted}`;
}

function faultOfOrigin(text: string): string {
  if (text === '') return 'is empty';
  if (text.length > ORIGIN_LIMIT) return 'is longer than any origin';
  if (/[\s,]/.test(text)) return 'is a list';
  if (/[^\x21-\x7e]/.test(text)) return 'has characters outside ASCII';
  const colon = text.indexOf('://');
  if (colon < 0 || !isSchemeName(text.slice(0, colon).toLowerCase()))
    return 'does not begin with a scheme and "://"';
  const authority = text.slice(colon + 3);
  if (authority.includes('@')) return 'names a user';
  if (/[/?#\\]/.test(authority)) return 'has more than scheme, host and port';
  if (text !== text.toLowerCase()) return 'has capital letters';
  return faultOfAuthority(authority, text);
}

function faultOfReferer(text: string): string {
  if (text === '') return 'is empty';
  if (!/^https?:\/\//i.test(text)) return 'does not begin with "http://" or "https://"';
  const authority = /^[^/?#]*/.exec(text.slice(text.indexOf('//') + 2, ORIGIN_LIMIT + 20))?.[0] ?? '';
  if (authority.includes('@')) return 'names a user';
  if (/[^\x21-\x7e]/.test(authority)) return 'has a host with characters outside ASCII';
  if (text.includes(' ')) return 'has a space';
  if (text.charAt(text.indexOf('//') + 2 + authority.length) === '#') return 'has a fragment';
  return faultOfAuthority(authority.toLowerCase(), text);
}

function faultOfAuthority(authority: string, text: string): string {
  if (authority.includes('%')) return 'has percent-encoding in its host';
  if (authority.length > ORIGIN_LIMIT) return 'is too long';
  const host = authority.replace(/:\d*$/, '');
  if (host.startsWith('[') || endsInNumber(host)) return 'has an IP address that is not in canonical form';
  // A port that only an Origin may not name makes the same text a fine Referer.
  if (readReferer(text) !== undefined) return 'names the default port';
  return 'has a host or port that is not canonical';
}

function beforeQuery(text: string): string {
  return /^[^?#]*/.exec(text.slice(0, 2 * ORIGIN_LIMIT))?.[0] ?? '';
}
