import type { AddressRange } from './address-range.ts';
import { isInRange } from './address-range.ts';

/** The first range of `child` that no one range of `parent` holds whole; undefined: there is none. */
export function findUncoveredAddress(
  parent: readonly AddressRange[],
  child: readonly AddressRange[],
): AddressRange | undefined {
  return child.find(
    (range) => !parent.some((cover) => cover.bits <= range.bits && isInRange(range.bytes, cover)),
  );
}
