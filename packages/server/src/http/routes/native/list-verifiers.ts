import type { StalenessBounds } from '@latchkey/wire/feed';
import { type Verifier, VerifiersSchema } from '@latchkey/wire/native';
import type { Overview } from '../../../feed/receipts.ts';
import { instanceOf } from '../../../feed/usage-reports.ts';
import type { ReporterRow } from '../../../store/usage-store.ts';
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
    const reporters = new Map((await deps.store.reporters(0)).map((row) => [row.id, row] as const));
    return answer(200, {
      epoch: head.epoch,
      revision: head.revision,
      verifiers: verifiers.map((one) =>
        verifierView(one, reporters.get(one.seen.process ?? instanceOf(one.seen))),
      ),
      alarms: alarms.map(({ at, reason, revived, epoch }) => ({ at: isoTime(at), reason, revived, epoch })),
    });
  },
});

function verifierView(
  { seen, receipt }: Overview['verifiers'][number],
  reporter: ReporterRow | undefined,
): Verifier {
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
    usage: {
      reportedUntil: isoTimeOrNull(reporter?.reportedUntil),
      clockSkewMs: reporter?.skewMs ?? null,
    },
    staleness: stalenessView(seen.staleness),
    rejected: seen.rejected.map((one) => ({ ...one })),
  };
}

function isoTimeOrNull(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : isoTime(at);
}

function stalenessView({ scopes = {}, ...classes }: StalenessBounds): Verifier['staleness'] {
  return { ...classes, scopes: { ...scopes } };
}
