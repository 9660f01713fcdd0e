import type { ReceiptState } from '@latchkey/wire/native';

/** The one time that belongs to a state, to the second: `2026-11-23 20:48:05 UTC`. */
export function receiptMoment(state: ReceiptState): string {
  const iso =
    'appliedAt' in state ? state.appliedAt : 'pendingSince' in state ? state.pendingSince : state.servesUntil;
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
