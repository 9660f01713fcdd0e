import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Tells whether an address, as Node writes it, belongs to a proxy that may speak for others. */
export type IsTrustedProxy = (address: string) => boolean;

/**
 * @param ranges addresses and CIDR ranges of the proxies; empty: nobody is trusted
 * @throws TypeError when an entry is neither
 */
export function trustProxies(ranges: readonly string[]): IsTrustedProxy {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = familyOf(address);
    if (family === undefined) throw new TypeError(`not an address or a CIDR range: ${range}`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const family = familyOf(address);
    return family !== undefined && list.check(address, family);
  };
}

/**
 * The address that a request comes from. `X-Forwarded-For` is believed only from a trusted proxy, and then the rightmost
 * entry that is not itself a trusted proxy counts: whatever stands further left was written by the client. Undefined
 * where that entry is no address.
 */
export function clientAddress(incoming: IncomingMessage, isTrusted: IsTrustedProxy): string | undefined {
  const peer = plainAddress(incoming.socket.remoteAddress ?? '');
  if (peer === undefined || !isTrusted(peer)) return peer;
  const forwarded = incoming.headers['x-forwarded-for'];
  if (forwarded === undefined) return peer;
  const hops = (typeof forwarded === 'string' ? forwarded : forwarded.join(',')).split(',');
  for (let at = hops.length - 1; at >= 0; at--) {
    const hop = plainAddress(hops[at]?.trim() ?? '');
    if (hop === undefined || !isTrusted(hop)) return hop;
  }
  return plainAddress(hops[0]?.trim() ?? '');
}

/** Who is counted for an address: itself, or for IPv6 its /64, which is what one customer is given. */
export function addressKey(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const whole = [
    ...groups,
    ...Array<string>(Math.max(0, missing)).fill('0'),
    ...(tail ? tail.split(':') : []),
  ];
  return `${whole.slice(0, 4).join(':')}::/64`;
}

function plainAddress(text: string): string | undefined {
  const bare = text.startsWith('::ffff:') && isIP(text.slice(7)) === 4 ? text.slice(7) : text;
  return isIP(bare) === 0 ? undefined : (bare.split('%')[0] ?? bare);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
