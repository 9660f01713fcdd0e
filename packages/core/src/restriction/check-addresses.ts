import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace } from '../decision/trace.ts';
import type { AddressRange } from './address-range.ts';
import { isInRange, readAddress } from './address-range.ts';
import { listed, quoted } from './quote.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';

/** Judges the address that a request comes from; undefined: it may pass. An unknown or unreadable address never passes. */
export function checkAddresses(
  ranges: readonly AddressRange[],
  request: CheckRequest,
  trace?: Trace,
): RestrictionRefusal | undefined {
  const refusal = judge(ranges, request.address);
  trace?.push({
    check: 'address',
    outcome: refusal === undefined ? 'passed' : 'failed',
    saw: sawOf(request.address),
    wants: `an address in ${rangesOf(ranges)}`,
  });
  return refusal;
}

function judge(ranges: readonly AddressRange[], address: string | undefined): RestrictionRefusal | undefined {
  const bytes = address === undefined ? undefined : readAddress(address);
  if (bytes !== undefined) for (const range of ranges) if (isInRange(bytes, range)) return undefined;
  return {
    reason: 'address_not_allowed',
    detail: `The request comes from ${sawOf(address)}; this token works from ${rangesOf(ranges)}.`,
  };
}

function sawOf(address: string | undefined): string {
  if (address === undefined) return 'an unknown address';
  if (readAddress(address) === undefined) return `${quoted(address)}, which is no IP address`;
  return address.includes('%') ? quoted(address) : address;
}

function rangesOf(ranges: readonly AddressRange[]): string {
  return listed(ranges, (range) => range.text);
}
