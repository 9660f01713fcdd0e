import { isSameApplication } from './app-identity.ts';
import type { AppIdentity } from './application.ts';

/** The first application of `child` that `parent` does not list; undefined: there is none. */
export function findUncoveredApplication(
  parent: readonly AppIdentity[],
  child: readonly AppIdentity[],
): AppIdentity | undefined {
  return child.find((application) => !parent.some((cover) => isSameApplication(cover, application)));
}
