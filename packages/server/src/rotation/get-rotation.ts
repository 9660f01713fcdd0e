import type { RotationRow } from '../store/rows.ts';
import type { Caller } from '../tokens/caller.ts';
import type { Deps } from '../tokens/deps.ts';
import { getToken } from '../tokens/get-token.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done } from '../tokens/outcome.ts';
import { rotationNotFound } from './find-rotation.ts';

/** The rotation that either token is part of; of a retired token the one that ended it. Needs `tokens:read`. */
export async function getRotation(
  deps: Pick<Deps, 'store'>,
  caller: Caller,
  input: { readonly account: string; readonly id: string },
): Promise<Outcome<RotationRow>> {
  const found = await getToken(deps, caller, input);
  if (!found.ok) return found;
  const { id } = found.value;
  const [from] = await deps.store.rotationsOf([id]);
  const rotation = from ?? (await deps.store.rotationUnderway(id));
  return rotation === undefined ? rotationNotFound() : done(rotation);
}
