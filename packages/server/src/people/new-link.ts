import type { LinkPurpose, PersonId } from '../store/people-rows.ts';
import { newCredential } from './credential.ts';
import type { PeopleDeps } from './deps.ts';
import { LINK_LIFE_MS } from './link-life.ts';

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
