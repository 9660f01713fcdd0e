import type { LinkPurpose, PersonId } from '../store/people-rows.ts';
import { newCredential } from './credential.ts';
import type { PeopleDeps } from './deps.ts';

const HOUR_MS = 3600 * 1000;
/** So long a link lets somebody in. */
export const LINK_LIFE_MS = {
  setup: 24 * HOUR_MS,
  verify: 24 * HOUR_MS,
  reset: HOUR_MS,
} as const satisfies Record<LinkPurpose, number>;

/** What a new link ends with; links of the same purpose for the same person before it are void. */
export async function newLink(
  deps: Pick<PeopleDeps, 'store' | 'key' | 'now' | 'randomBytes'>,
  purpose: LinkPurpose,
  person: PersonId | null,
): Promise<string> {
  const text = newCredential(deps);
  const expiresAt = deps.now() + LINK_LIFE_MS[purpose];
  await deps.store.addLink({ digest: deps.key.digest('link', text), purpose, person, expiresAt }, true);
  return text;
}
