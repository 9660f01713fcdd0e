import type { TokenId } from '@latchkey/core';
import type { Rotation, RotationWait as RotationWaitView } from '@latchkey/wire/native';
import type { RotationRow, RotationWait } from '../store/rows.ts';
import type { RotationStore } from '../store/store.ts';
import { isoTime } from './iso-time.ts';

export function rotationView(row: RotationRow): Rotation {
  const { token, successor, startedAt, dueAt, endedAt } = row;
  return {
    token,
    replacedBy: successor,
    started: isoTime(startedAt),
    ...(endedAt === null ? { retiresAt: isoTime(dueAt) } : { retired: isoTime(endedAt) }),
    ...waitsForView(row),
  };
}

/** Left out where nothing stands in the way. */
export function waitsForView({ waitsFor }: RotationRow): { waitsFor?: RotationWaitView[] } {
  return waitsFor.length === 0 ? {} : { waitsFor: waitsFor.map(waitView) };
}

function waitView(_wait: RotationWait): RotationWaitView {
  return { kind: 'successor_expired' };
}

/** The rotations in which tokens are replaced, by the id of the old one. */
export async function replacementsOf(
  { store }: { readonly store: RotationStore },
  tokens: readonly { readonly id: TokenId }[],
): Promise<ReadonlyMap<TokenId, RotationRow>> {
  const rows = await store.rotationsOf(tokens.map(({ id }) => id));
  return new Map(rows.map((row) => [row.token, row]));
}
