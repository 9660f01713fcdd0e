import { type ProblemCode, TokenReceiptSchema } from '@latchkey/wire/native';
import { refuseCaller } from '../../../tokens/check-caller.ts';
import { getToken } from '../../../tokens/get-token.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer, fail } from '../../failure.ts';
import { isoTime } from '../../iso-time.ts';
import { receiptStateView } from '../../receipt-view.ts';
import { nativeFailure } from '../../refusal-failure.ts';

export const getTokenReceiptEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/tokens/{id}/receipt',
  isUrgent: true,
  operationId: 'getTokenReceipt',
  summary: "Get the receipt of a token's last change",
  description:
    'Where every verifier stands with what was last changed about what the token may do. What verifiers are called is told to callers that have verifiers:read too.',
  requires: ['tokens:read'],
  success: { status: 200, schema: TokenReceiptSchema, description: 'The receipt as it now is.' },
  async handle(deps, caller, { params }) {
    const account = caller.account.name;
    const found = await getToken(deps, caller, { account, id: params.id ?? '' });
    if (!found.ok) return nativeFailure(found.refusal);
    const receipt = await deps.receipts.of(found.value.revision);
    if (receipt === undefined) {
      return fail<ProblemCode>('revision_not_found', { detail: 'Nothing is known of this change any more.' });
    }
    const mayName = refuseCaller(caller, account, 'verifiers:read') === undefined;
    return answer(200, {
      revision: receipt.revision,
      at: isoTime(receipt.at),
      complete: receipt.complete,
      completedAt: receipt.completedAt === null ? null : isoTime(receipt.completedAt),
      verifiers: receipt.verifiers.map(({ id, name, version, ...state }) => ({
        ...(mayName ? { id, ...(name === null ? {} : { name }) } : {}),
        ...receiptStateView(state),
      })),
    });
  },
});
