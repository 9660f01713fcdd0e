import { type ProblemCode, ReceiptSchema } from '@latchkey/wire/native';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer, fail } from '../../failure.ts';
import { isoTime } from '../../iso-time.ts';
import { receiptStateView } from '../../receipt-view.ts';

const REVISION = /^[1-9][0-9]{0,14}$/;

export const getReceiptEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/receipts/{revision}',
  isUrgent: true,
  operationId: 'getReceipt',
  summary: 'Get the receipt of a change',
  description: 'Which verifiers have applied it. Every change answers its revision as `Latchkey-Revision`.',
  requires: ['verifiers:read'],
  success: { status: 200, schema: ReceiptSchema, description: 'The receipt as it now is.' },
  async handle({ receipts }, _caller, { params }) {
    const text = params.revision ?? '';
    const receipt = REVISION.test(text) ? await receipts.of(Number(text)) : undefined;
    if (receipt === undefined) {
      return fail<ProblemCode>('revision_not_found', {
        detail: 'There is no change of this revision, or it is not kept any longer.',
      });
    }
    const { revision, at, complete, completedAt } = receipt;
    return answer(200, {
      revision,
      at: isoTime(at),
      complete,
      completedAt: completedAt === null ? null : isoTime(completedAt),
      verifiers: receipt.verifiers.map(({ id, name, version, ...state }) => ({
        id,
        name,
        version,
        ...receiptStateView(state),
      })),
    });
  },
});
