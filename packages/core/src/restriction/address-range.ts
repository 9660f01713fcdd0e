import ipaddr from 'ipaddr.js';
import { quoted } from './quote.ts';
import type { RestrictionFault } from './restriction-fault.ts';
import { restrictionFault } from './restriction-fault.ts';

/** An address range, compiled. IPv4-mapped IPv6 ranges are held as the IPv4 range that they map. */
export interface AddressRange {
  /** Canonical: `203.0.113.7`, `10.0.0.0/8`, `2001:db8::/32`. */
  readonly text: string;
  /** Four bytes (IPv4) or sixteen (IPv6), most significant first. */
  readonly bytes: readonly number[];
  /** Length of the prefix in bits. */
  readonly bits: number;
}

const TEXT_LIMIT = 50;
const MAPPED_BITS = 96;
const FORM = 'Write an address or a range in CIDR form: 203.0.113.7, 10.0.0.0/8, 2001:db8::/32.';

/**
 * Reads an address or a CIDR range as people type it; `range.text` is the canonical form, the one that is stored. Refused:
 * IPv4 in octal, hexadecimal or with parts missing, zone ids, bits set behind the prefix, and `/0`, because a restriction
 * must never come to mean "everywhere".
 */
export function parseAddressRange(
  text: string,
): { readonly ok: true; readonly range: AddressRange } | RestrictionFault {
  const written = text.trim();
  const slash = written.indexOf('/');
  const bytes =
    written.length > TEXT_LIMIT ? undefined : readBytes(slash < 0 ? written : written.slice(0, slash));
  if (bytes === undefined) return restrictionFault(`${quoted(written)} is not an IP address or range.`, FORM);
  const bits = slash < 0 ? bytes.length * 8 : readBits(written.slice(slash + 1), bytes.length * 8);
  if (bits === undefined)
    return restrictionFault(`${quoted(written)} has no prefix length that fits its address.`, FORM);
  const range = makeRange(masked(bytes, bits), bits);
  if (range.bits === 0) {
    return restrictionFault(
      `${quoted(written)} holds every address.`,
      'Leave the addresses out for a token that works from anywhere.',
    );
  }
  if (bytes.some((byte, at) => byte !== masked(bytes, bits)[at])) {
    return restrictionFault(
      `${quoted(written)} has bits behind its prefix.`,
      `Write ${range.text}, or one address without "/".`,
    );
  }
  return { ok: true, range };
}

/** Reads a range that is already canonical, as it is stored and sent to verifiers; undefined for anything else. */
export function readAddressRange(text: string): AddressRange | undefined {
  const parsed = parseAddressRange(text);
  return parsed.ok && parsed.range.text === text ? parsed.range : undefined;
}

/** The bytes of a peer's address, IPv4-mapped IPv6 as IPv4, zone id dropped. Undefined where it is no address. */
export function readAddress(text: string): readonly number[] | undefined {
  const zone = text.indexOf('%');
  const bytes = text.length > TEXT_LIMIT ? undefined : readBytes(zone < 0 ? text : text.slice(0, zone));
  return bytes !== undefined && isMapped(bytes) ? bytes.slice(12) : bytes;
}

/** True where the first `range.bits` bits of an address of the same family agree. */
export function isInRange(bytes: readonly number[], range: AddressRange): boolean {
  if (bytes.length !== range.bytes.length) return false;
  const whole = range.bits >> 3;
  for (let at = 0; at < whole; at++) if (bytes[at] !== range.bytes[at]) return false;
  const rest = range.bits & 7;
  return rest === 0 || ((bytes[whole] ?? 0) ^ (range.bytes[whole] ?? 0)) >> (8 - rest) === 0;
}

function readBytes(text: string): readonly number[] | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toByteArray();
  const groups = text.includes('.') ? spellTail(text) : text;
  if (!groups?.includes(':') || groups.includes('%') || !ipaddr.IPv6.isValid(groups)) return undefined;
  return ipaddr.IPv6.parse(groups).toByteArray();
}

/**
 * IPv6 with a dotted tail, in hexadecimal groups. The library would take octal and hexadecimal numbers in the tail, and
 * `::192.0.2.1` for the mapped address, which is another one.
 */
function spellTail(text: string): string | undefined {
  const start = text.lastIndexOf(':') + 1;
  const tail = text.slice(start);
  if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(tail).toByteArray();
  return `${text.slice(0, start)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function readBits(digits: string, most: number): number | undefined {
  const bits = Number(digits);
  return String(bits) === digits && Number.isInteger(bits) && bits >= 0 && bits <= most ? bits : undefined;
}

function makeRange(bytes: readonly number[], bits: number): AddressRange {
  if (isMapped(bytes) && bits >= MAPPED_BITS) return makeRange(bytes.slice(12), bits - MAPPED_BITS);
  const address = ipaddr.fromByteArray([...bytes]);
  const text = address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString();
  return { text: bits === bytes.length * 8 ? text : `${text}/${bits}`, bytes, bits };
}

function masked(bytes: readonly number[], bits: number): readonly number[] {
  return bytes.map((byte, at) => byte & (0xff << Math.min(Math.max(8 - (bits - at * 8), 0), 8)) & 0xff);
}

function isMapped(bytes: readonly number[]): boolean {
  return (
    bytes.length === 16 &&
    bytes[10] === 0xff &&
    bytes[11] === 0xff &&
    bytes.slice(0, 10).every((byte) => byte === 0)
  );
}
