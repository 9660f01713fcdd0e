import type { ChangeStore, Changes } from '../store/store.ts';
import type { Outcome } from './outcome.ts';

/** Runs a change whose work may refuse. A work that refuses must have put nothing. */
export async function changeOutcome<T>(
  store: Pick<ChangeStore, 'change'>,
  work: (changes: Changes) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const { value, revision } = await store.change(work);
  return value.ok ? { ...value, revision } : value;
}
