import { BlockList, isIP } from 'node:net';

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** So many addresses are kept, of some dozens of bytes each. */
const RECENT_LIMIT = 1024;

/** The address that a request comes from: the peer's, or what a trusted proxy says. Undefined where unknown. */
export type ClientAddress = (
  peer: string | undefined,
  forwardedFor: string | undefined,
) => string | undefined;

/**
 * @param trustedProxies addresses and CIDR ranges of proxies that may tell another address in `X-Forwarded-For`; empty:
 *   nobody may. The rightmost entry that is not itself a trusted proxy counts: what stands left of it was written by the client.
 * @throws TypeError when an entry is neither an address nor a range
 */
export function clientAddressBehind(trustedProxies: readonly string[]): ClientAddress {
  const plainPeer = rememberRecent(plainAddress);
  if (trustedProxies.length === 0) return (peer) => plainPeer(peer ?? '');
  const isTrusted = plainAddressesIn(trustedProxies);
  return (peer, forwardedFor) => {
    const direct = plainPeer(peer ?? '');
    if (direct === undefined || forwardedFor === undefined || !isTrusted(direct)) return direct;
    let nearest: string | undefined = direct;
    for (let end = forwardedFor.length; end >= 0; ) {
      const comma = end === 0 ? -1 : forwardedFor.lastIndexOf(',', end - 1);
      nearest = plainAddress(forwardedFor.slice(comma + 1, end).trim());
      if (nearest === undefined || !isTrusted(nearest)) return nearest;
      end = comma;
    }
    return nearest;
  };
}

/**
 * Tells whether an address, as Node writes it, lies in one of the ranges.
 * @throws TypeError when an entry is neither an address nor a range
 */
export function addressesIn(ranges: readonly string[]): (address: string) => boolean {
  const holds = plainAddressesIn(ranges);
  return (address) => {
    const plain = plainAddress(address);
    return plain !== undefined && holds(plain);
  };
}

/** {@link addressesIn} for what {@link plainAddress} gave. */
function plainAddressesIn(ranges: readonly string[]): (plain: string) => boolean {
  // Asked for every request: an IPv4 address has one spelling, so most lists need no more than a Set.
  const single = new Set<string>();
  let list: BlockList | undefined;
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    if (isIP(address) === 0 || (bits !== undefined && !/^[0-9]{1,3}$/.test(bits))) {
      throw new TypeError(`not an address or a CIDR range: ${JSON.stringify(range)}`);
    }
    if (bits === undefined && isIP(address) === 4) single.add(address);
    else {
      list ??= new BlockList();
      list.addSubnet(address, Number(bits ?? 128), familyOf(address));
    }
  }
  return (plain) => single.has(plain) || (list?.check(plain, familyOf(plain)) ?? false);
}

/** IPv4 that came in an IPv6 socket is IPv4; a zone is dropped. */
function plainAddress(text: string): string | undefined {
  if (IPV4.test(text)) return text;
  const bare = /^::ffff:/i.test(text) && isIP(text.slice(7)) === 4 ? text.slice(7) : text;
  if (isIP(bare) === 0) return undefined;
  const zone = bare.indexOf('%');
  return zone === -1 ? bare : bare.slice(0, zone);
}

/** Kept connections ask again and again, and reading an address costs as much as deciding by it. */
function rememberRecent(read: (text: string) => string | undefined): (text: string) => string | undefined {
  const recent = new Map<string, string | undefined>();
  return (text) => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    const result = read(text);
    if (recent.size >= RECENT_LIMIT) recent.clear();
    recent.set(text, result);
    return result;
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
