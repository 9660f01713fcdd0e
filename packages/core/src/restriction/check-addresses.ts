import type { CheckRequest } from '../decision/check-request.ts';
import type { Trace } from '../decision/trace.ts';
import type { AddressRange } from './address-range.ts';
import type { RestrictionRefusal } from './restriction-refusal.ts';

/** Judges the address that a request comes from; undefined: it may pass. */
export function checkAddresses(
  _ranges: readonly AddressRange[],
  _request: CheckRequest,
  _trace?: Trace,
): RestrictionRefusal | undefined {
  return { reason: 'address_not_allowed', detail: 'not built yet' };
}
