import type { RotationRow } from '../store/rows.ts';
import type { UserOfToken } from '../store/usage-store.ts';
import type { Caller } from '../tokens/caller.ts';
import { refuseCaller } from '../tokens/check-caller.ts';
import type { Deps } from '../tokens/deps.ts';
import { getToken } from '../tokens/get-token.ts';
import type { Outcome } from '../tokens/outcome.ts';
import { done } from '../tokens/outcome.ts';
import { rotationNotFound } from './find-rotation.ts';

/** How the old token is used, as far as it is reported. */
export interface OldTokenUse {
  /** When it was let in last, unix milliseconds; null: never. */
  readonly lastUsedAt: number | null;
  /** From where and with what it was let in since the rotation began, the newest first. */
  readonly users: readonly UserOfToken[];
}

export interface FoundRotation {
  readonly rotation: RotationRow;
  /** Undefined where the caller's token lacks `statistics:read`. */
  readonly use: OldTokenUse | undefined;
}

const USERS_LIMIT = 50;
const DAY_MS = 24 * 3600 * 1000;

/** The rotation that either token is part of; of a retired token the one that ended it. Needs `tokens:read`. */
export async function getRotation(
  deps: Pick<Deps, 'store'>,
  caller: Caller,
  input: { readonly account: string; readonly id: string },
): Promise<Outcome<FoundRotation>> {
  const found = await getToken(deps, caller, input);
  if (!found.ok) return found;
  const { id } = found.value;
  const [from] = await deps.store.rotationsOf([id]);
  const rotation = from ?? (await deps.store.rotationUnderway(id));
  if (rotation === undefined) return rotationNotFound();
  const maySee = refuseCaller(caller, input.account, 'statistics:read') === undefined;
  return done({ rotation, use: maySee ? await useOf(deps, rotation) : undefined });
}

async function useOf(
  { store }: Pick<Deps, 'store'>,
  { token, startedAt }: RotationRow,
): Promise<OldTokenUse> {
  const last = (await store.lastUses([token])).find(({ kind }) => kind === 'allowed');
  // Who used it is kept by the day.
  const since = startedAt - (startedAt % DAY_MS);
  const counted = await store.usesOf({ token, since, limit: 2 * USERS_LIMIT });
  const users = counted.filter(({ kind, lastAt }) => kind === 'allowed' && lastAt >= startedAt);
  // What is noted and not counted: that a server let it in itself.
  const isCounted = last === undefined || users.some(({ lastAt }) => lastAt >= last.at);
  if (!isCounted && last.at >= startedAt) {
    const { service, origin, client, at } = last;
    users.unshift({ service, origin, client, address: '', kind: 'allowed', count: 1, lastAt: at });
  }
  return { lastUsedAt: last?.at ?? null, users: users.slice(0, USERS_LIMIT) };
}
