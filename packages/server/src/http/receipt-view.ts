import type { ReceiptState as ReceiptStateView } from '@latchkey/wire/native';
import type { ReceiptState } from '../feed/receipt.ts';
import { isoTime } from './iso-time.ts';

/** Where a verifier stands, with its one time. */
export function receiptStateView(state: ReceiptState): ReceiptStateView {
  switch (state.state) {
    case 'applied':
      return { state: 'applied', appliedAt: isoTime(state.appliedAt) };
    case 'pending':
      return { state: 'pending', pendingSince: isoTime(state.pendingSince) };
    default:
      return { state: state.state, servesUntil: isoTime(state.servesUntil) };
  }
}
