import { isPathWithin } from './canonical-path.ts';

/** The first canonical prefix of `child` that lies below no prefix of `parent`; undefined: there is none. */
export function findUncoveredResource(
  parent: readonly string[],
  child: readonly string[],
): string | undefined {
  return child.find((prefix) => !parent.some((cover) => isPathWithin(prefix, cover)));
}
