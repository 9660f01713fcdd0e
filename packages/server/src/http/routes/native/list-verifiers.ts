import type { StalenessBounds } from '@latchkey/wire/feed';
import { type Verifier, VerifiersSchema } from '@latchkey/wire/native';
import type { Overview } from '../../../feed/receipts.ts';
import { nativeEndpoint } from '../../endpoint.ts';
import { answer } from '../../failure.ts';
import { isoTime } from '../../iso-time.ts';
import { receiptStateView } from '../../receipt-view.ts';

export const listVerifiersEndpoint = nativeEndpoint({
  method: 'get',
  path: '/v1/verifiers',
  isUrgent: true,
  operationId: 'listVerifiers',
  summary: 'List verifiers',
  description:
    'Where each one stands, which records it could not read, and whether the database went back in time.',
  requires: ['verifiers:read'],
  success: {
    status: 200,
    schema: VerifiersSchema,
    description: 'Every verifier that may still decide, and a day more.',
  },
  async handle(deps) {
    const { head, verifiers, alarms } = await deps.receipts.overview();
    return answer(200, {
      epoch: head.epoch,
      revision: head.revision,
      verifiers: verifiers.map(verifierView),
      alarms: alarms.map(({ at, reason, revived, epoch }) => ({ at: isoTime(at), reason, revived, epoch })),
    });
  },
});

function verifierView({ seen, receipt }: Overview['verifiers'][number]): Verifier {
  return {
    id: seen.id,
    token: seen.token,
    name: seen.name,
    version: seen.version,
    ...receiptStateView(receipt),
    revision: seen.applied.at(-1)?.revision ?? null,
    epoch: seen.epoch === '' ? null : seen.epoch,
    connected: seen.isReachable,
    connectedAt: isoTime(seen.connectedAt),
    acknowledgedAt: seen.ackedAt === null ? null : isoTime(seen.ackedAt),
    staleness: stalenessView(seen.staleness),
    rejected: seen.rejected.map((one) => ({ ...one })),
  };
}

function stalenessView({ scopes = {}, ...classes }: StalenessBounds): Verifier['staleness'] {
  return { ...classes, scopes: { ...scopes } };
}
