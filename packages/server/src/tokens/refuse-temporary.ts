import type { Caller } from './caller.ts';
import { isTemporary } from './caller-rights.ts';
import type { Refused } from './outcome.ts';
import { refused } from './outcome.ts';

/** A temporary token gives nothing that outlives it. */
export function refuseTemporary(caller: Caller): Refused | undefined {
  if (!isTemporary(caller)) return undefined;
  const detail = 'A temporary token makes only temporary tokens: send expires.';
  return refused({ code: 'caller_is_temporary', detail, field: 'expires' });
}
