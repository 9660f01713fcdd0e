import ipaddr from 'ipaddr.js';
import { OTHER } from './outcome.ts';

const IPV4_BITS = 24;
const IPV6_BITS = 48;

/** The /24 or the /48 that an address lies in: `192.0.2.0/24`. Empty where there is none; {@link OTHER} for what is no address. */
export function addressBlock(address: string | undefined): string {
  if (address === undefined) return '';
  if (!ipaddr.isValid(address)) return OTHER;
  const parsed = ipaddr.process(address);
  const bits = parsed.kind() === 'ipv4' ? IPV4_BITS : IPV6_BITS;
  const bytes = parsed.toByteArray().map((byte, at) => (at < bits / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}
