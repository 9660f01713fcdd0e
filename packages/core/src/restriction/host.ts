import { platformHost } from './platform-url.ts';

const HOST_LIMIT = 253;
const LABEL_LIMIT = 63;
const IPV6_LIMIT = 41;
const IPV6_CHARACTERS = /^\[[0-9a-f:]+\]$/;

/**
 * What a host is, provided that it is written canonically: lower-case ASCII labels of letters, digits, `-` and `_`; IPv4
 * as four plain decimal numbers; IPv6 compressed and in brackets. Undefined: not canonical, or no host at all. Names whose
 * last label is a number are read as IPv4 by browsers, so they are one or nothing.
 */
export function hostKind(host: string): 'name' | 'ipv4' | 'ipv6' | undefined {
  if (host.charCodeAt(0) === 0x5b) return isCanonicalIpv6(host) ? 'ipv6' : undefined;
  if (host.length > HOST_LIMIT) return undefined;
  let labelStart = 0;
  for (let at = 0; at <= host.length; at++) {
    const code = at === host.length ? 0x2e : host.charCodeAt(at);
    if (code === 0x2e) {
      if (at === labelStart || at - labelStart > LABEL_LIMIT) return undefined;
      if (at < host.length) labelStart = at + 1;
    } else if (!isLabelCharacter(code)) return undefined;
  }
  if (!isNumber(host, labelStart)) return 'name';
  return isCanonicalIpv4(host) ? 'ipv4' : undefined;
}

/** True for the hosts that the machine itself answers to, whatever the network says. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '[::1]' ||
    host.endsWith('.localhost') ||
    (host.startsWith('127.') && hostKind(host) === 'ipv4')
  );
}

/** True where browsers would read the host as an IPv4 address: its last label is decimal or `0x` hexadecimal. */
export function endsInNumber(host: string): boolean {
  return isNumber(host, host.lastIndexOf('.') + 1);
}

/** Up to five decimal digits without a leading zero. */
export function isPlainNumber(text: string): boolean {
  return /^(?:0|[1-9][0-9]{0,4})$/.test(text);
}

function isLabelCharacter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || isDigit(code) || code === 0x2d || code === 0x5f;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isNumber(host: string, start: number): boolean {
  if (!isDigit(host.charCodeAt(start))) return false;
  const isHex = host.startsWith('0x', start);
  for (let at = isHex ? start + 2 : start; at < host.length; at++) {
    const code = host.charCodeAt(at);
    if (!isDigit(code) && !(isHex && code >= 0x61 && code <= 0x66)) return false;
  }
  return true;
}

function isCanonicalIpv4(host: string): boolean {
  const parts = host.split('.');
  return parts.length === 4 && parts.every((part) => isPlainNumber(part) && Number(part) <= 255);
}

function isCanonicalIpv6(host: string): boolean {
  return host.length <= IPV6_LIMIT && IPV6_CHARACTERS.test(host) && platformHost(host) === host;
}
