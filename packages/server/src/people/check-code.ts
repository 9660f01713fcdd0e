import type { PersonRow } from '../store/people-rows.ts';
import { stepOfCode } from './better-auth/one-time-code.ts';
import type { PeopleDeps } from './deps.ts';

/**
 * Whether a code of the second factor is right and new; it is used up by this.
 * @param of `confirmed`: of a factor that is in force; `begun`: of one that comes into force by this
 */
export async function checkCode(
  { store, sealing, now }: Pick<PeopleDeps, 'store' | 'sealing' | 'now'>,
  { id, secondFactor }: PersonRow,
  code: string,
  of: 'confirmed' | 'begun' = 'confirmed',
): Promise<boolean> {
  if (secondFactor === null || (secondFactor.confirmedAt === null) !== (of === 'begun')) return false;
  const at = now();
  const step = await stepOfCode(await sealing.open(secondFactor.sealed), code.replaceAll(/\s/g, ''), at);
  // Of two that come at once one gets it.
  return step !== undefined && store.takeStep(id, secondFactor.sealed, step, of === 'begun' ? at : null);
}

/** Whether a recovery code is the person's; it is used up by this. */
export async function checkRecoveryCode(
  { store, key }: Pick<PeopleDeps, 'store' | 'key'>,
  { id }: PersonRow,
  code: string,
): Promise<boolean> {
  return store.takeRecoveryCode(id, recoveryDigest(key, code));
}

/** Letters and digits count, in either case; people write the rest as they like. */
export function recoveryDigest(key: PeopleDeps['key'], code: string): string {
  return key.digest('recovery', code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}
