import type { Metric } from '@latchkey/wire/metrics';
import type { Overview } from '../feed/receipts.ts';
import type { MailFigures } from '../people/mail/outbox.ts';
import type { LoadGate } from './load-gate.ts';

const STATES = ['applied', 'pending', 'unreachable', 'expired'] as const;

/** Where the installation stands: its changes, its verifiers, its alarms, its load. */
export function serverMetrics(
  { head, verifiers, alarms }: Overview,
  { waiting, shed }: Pick<LoadGate, 'waiting' | 'shed'>,
  databaseBytes: number,
  mails: MailFigures,
): readonly Metric[] {
  const ofVerifier = (value: (one: Overview['verifiers'][number]) => number) =>
    verifiers.map((one) => ({
      labels: { verifier: one.seen.id, name: one.seen.name ?? '' },
      value: value(one),
    }));
  const latest = alarms[0];
  return [
    gauge('latchkey_revision', 'Of the newest change.', [{ value: head.revision }]),
    gauge('latchkey_alarms', 'How often the database went back in time, of late; ten are remembered here.', [
      { value: alarms.length },
    ]),
    ...(latest === undefined
      ? []
      : [
          gauge(
            'latchkey_alarm_timestamp_seconds',
            'When the database was last found to have gone back in time.',
            [{ value: latest.at / 1000 }],
          ),
          gauge('latchkey_alarm_revived_tokens', 'Tokens that had come back then, and were revoked again.', [
            { value: latest.revived },
          ]),
        ]),
    gauge(
      'latchkey_verifiers',
      'Verifiers by where they stand with the newest change.',
      STATES.map((state) => ({
        labels: { state },
        value: verifiers.filter(({ receipt }) => receipt.state === state).length,
      })),
    ),
    gauge(
      'latchkey_verifier_changes_behind',
      'Changes that a verifier has not applied.',
      ofVerifier(({ seen }) => head.revision - (seen.applied.at(-1)?.revision ?? 0)),
    ),
    gauge(
      'latchkey_verifier_rejected_records',
      'Records that a verifier could not read.',
      ofVerifier(({ seen }) => seen.rejected.length),
    ),
    gauge('latchkey_waiting_calls', 'Management calls that wait to begin.', [{ value: waiting }]),
    {
      kind: 'counter',
      name: 'latchkey_shed_calls_total',
      help: 'Management calls that were turned away because too many came.',
      samples: [{ value: shed }],
    },
    gauge('latchkey_database_bytes', 'What the database takes on disk.', [{ value: databaseBytes }]),
    gauge('latchkey_waiting_mails', 'Mails that wait to be sent, or to be tried again.', [
      { value: mails.waiting },
    ]),
    {
      kind: 'counter',
      name: 'latchkey_mails_total',
      help: 'Mails of this process: sent, or given up after tries.',
      samples: [
        { labels: { outcome: 'sent' }, value: mails.sent },
        { labels: { outcome: 'given_up' }, value: mails.givenUp },
      ],
    },
    gauge('process_resident_memory_bytes', 'Of this process.', [{ value: process.memoryUsage.rss() }]),
    {
      kind: 'counter',
      name: 'process_cpu_seconds_total',
      help: 'Of this process.',
      samples: [{ value: cpuSeconds() }],
    },
    gauge('process_start_time_seconds', 'Unix time.', [{ value: performance.timeOrigin / 1000 }]),
  ];
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function gauge(
  name: string,
  help: string,
  samples: Extract<Metric, { kind: 'gauge' | 'counter' }>['samples'],
): Metric {
  return { kind: 'gauge', name, help, samples };
}
