import type { AuditRow, RotationRow } from '../../store/rows.ts';
import type { TokenCaller } from '../../tokens/caller.ts';
import type { Outcome } from '../../tokens/outcome.ts';
import { succeeded, type World } from '../../tokens/testing/world.ts';
import { type RotatedToken, type RotateTokenInput, rotateToken } from '../rotate-token.ts';

/** Rotates as acme, or as `by`. */
export function rotate(
  world: World,
  id: string,
  input: Partial<RotateTokenInput> = {},
  by: TokenCaller = world.acme,
): Promise<Outcome<RotatedToken>> {
  return rotateToken(world.deps, by, { account: by.account.name, id, ...input });
}

/** A rotation that has begun anew, with the caller that holds the successor. */
export async function begun(
  world: World,
  outcome: Outcome<RotatedToken>,
): Promise<{ readonly successor: TokenCaller & { readonly text: string }; readonly rotation: RotationRow }> {
  const { value } = succeeded(outcome);
  if (value.replayed) throw new TypeError('the rotation had begun before');
  return {
    successor: { ...(await world.callerOf(value.text)), text: value.text },
    rotation: value.rotation,
  };
}

/** Action and actor of every row about a token, the oldest first. */
export async function storyOf({ deps }: World, id: string): Promise<readonly string[]> {
  const query = { account: null, subject: id, action: null, before: null, limit: 500 };
  const rows = await deps.store.auditRows(query);
  return rows.toReversed().map((row) => `${row.action} by ${nameOf(row.actor)}`);
}

function nameOf(actor: AuditRow['actor']): string {
  return actor.kind === 'system' ? actor.name : actor.account;
}
