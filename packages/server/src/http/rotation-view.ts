import type { TokenId } from '@latchkey/core';
import { formatDuration, type Rotation, type RotationWait as RotationWaitView } from '@latchkey/wire/native';
import type { OldTokenUse } from '../rotation/get-rotation.ts';
import type { RotationRow, RotationWait } from '../store/rows.ts';
import type { RotationStore } from '../store/store.ts';
import { isoTime } from './iso-time.ts';

/** @param use of the old token; left out: not told */
export function rotationView(row: RotationRow, use?: OldTokenUse): Rotation {
  const { token, successor, startedAt, dueAt, endedAt } = row;
  return {
    token,
    replacedBy: successor,
    started: isoTime(startedAt),
    ...(endedAt === null ? { retiresAt: isoTime(dueAt) } : { retired: isoTime(endedAt) }),
    ...termView(row),
    ...(use === undefined ? {} : useView(use)),
  };
}

type TermView = Pick<Rotation, 'untilQuiet' | 'waitsFor'>;

/** Left out where it does not apply. */
export function termView({ quietMs, waitsFor }: RotationRow): TermView {
  return {
    ...(quietMs === null ? {} : { untilQuiet: formatDuration(quietMs) }),
    ...(waitsFor.length === 0 ? {} : { waitsFor: waitsFor.map(waitView) }),
  };
}

function waitView(wait: RotationWait): RotationWaitView {
  switch (wait.kind) {
    case 'use':
      return { kind: 'use', lastUsed: isoTime(wait.lastUsedAt) };
    case 'verifiers':
      return { kind: 'verifiers', count: wait.count, decideUntil: isoTime(wait.decideUntil) };
    default:
      return wait;
  }
}

function useView({ lastUsedAt, users }: OldTokenUse): Pick<Rotation, 'lastUsed' | 'usedBy'> {
  return {
    ...(lastUsedAt === null ? {} : { lastUsed: isoTime(lastUsedAt) }),
    usedBy: users.map(({ service, origin, client, address, lastAt }) => ({
      service,
      ...(origin === '' ? {} : { origin }),
      ...(client === '' ? {} : { client }),
      ...(address === '' ? {} : { address }),
      lastUsed: isoTime(lastAt),
    })),
  };
}

/** The rotations in which tokens are replaced, by the id of the old one. */
export async function replacementsOf(
  { store }: { readonly store: RotationStore },
  tokens: readonly { readonly id: TokenId }[],
): Promise<ReadonlyMap<TokenId, RotationRow>> {
  const rows = await store.rotationsOf(tokens.map(({ id }) => id));
  return new Map(rows.map((row) => [row.token, row]));
}
