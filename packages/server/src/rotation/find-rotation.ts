import type { TokenId } from '@latchkey/core';
import type { RotationRow } from '../store/rows.ts';
import type { Changes } from '../store/store.ts';
import type { Outcome, Refused } from '../tokens/outcome.ts';
import { done, refused } from '../tokens/outcome.ts';

/** The rotation that the token is part of now, as the old one or as the successor. */
export async function underwayWith(
  changes: Pick<Changes, 'rotation' | 'rotationTo'>,
  id: TokenId,
): Promise<RotationRow | undefined> {
  const from = await changes.rotation(id);
  if (from?.endedAt === null) return from;
  const to = await changes.rotationTo(id);
  return to?.endedAt === null ? to : undefined;
}

export async function findUnderway(
  changes: Pick<Changes, 'rotation' | 'rotationTo'>,
  id: TokenId,
): Promise<Outcome<RotationRow>> {
  const found = await underwayWith(changes, id);
  return found === undefined ? rotationNotFound() : done(found);
}

export function rotationNotFound(): Refused {
  const detail = 'Nothing is to replace this token, and it is to replace no other.';
  return refused({ code: 'rotation_not_found', detail, field: 'id' });
}
