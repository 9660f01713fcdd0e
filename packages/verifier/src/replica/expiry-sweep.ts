import { FIELD, FLAG } from './record-store.ts';
import type { RecordTable } from './record-table.ts';

/** Slots that one call looks at. */
const SEEN_AT_ONCE = 16_384;
/** For so long a token's holder still learns that it expired, and a clock that is put right loses nothing. */
const GRACE_MS = 60 * 60 * 1000;
const TEMPORARY = 2;

/** Removes temporary tokens that expired long ago; each call looks at the next part of the table. */
export function createExpirySweep({ records, remove }: RecordTable): (now: number) => void {
  let next = 0;
  return (now) => {
    const end = Math.min(next + SEEN_AT_ONCE, records.store.used);
    for (let slot = next; slot < end; slot++) {
      const flags = records.word(slot, FIELD.flags);
      const isTemporary =
        (flags & (FLAG.live | FLAG.revoked | FLAG.bad | FLAG.usage)) === (FLAG.live | TEMPORARY);
      if (isTemporary && records.expiresOf(slot) + GRACE_MS <= now) remove(slot);
    }
    next = end === records.store.used ? 0 : end;
  };
}
