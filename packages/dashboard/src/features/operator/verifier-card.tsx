import type { Verifier, Verifiers } from '@latchkey/wire/native';
import type { ReactElement, ReactNode } from 'react';
import { useLanguage } from '../../language/language-context.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { useOperatorTexts } from './texts.ts';
import { isClockOff, lagOf } from './verifier-figures.ts';

const TONES = {
  applied: 'success',
  pending: 'warning',
  unreachable: 'warning',
  expired: 'danger',
} as const satisfies Record<Verifier['state'], Tone>;

export interface VerifierCardProps {
  readonly verifier: Verifier;
  readonly head: Pick<Verifiers, 'epoch' | 'revision'>;
}

/** Where one verifier stands. */
export function VerifierCard({ verifier, head }: VerifierCardProps): ReactElement {
  const texts = useOperatorTexts().verifiers;
  const lag = lagOf(verifier, head);
  const { name, state, connected, version, revision, acknowledgedAt, usage, rejected } = verifier;
  return (
    <Panel
      title={
        <span className="flex flex-wrap items-center gap-2">
          {name ?? texts.unnamed}
          <Badge tone={TONES[state]}>{texts.states[state]}</Badge>
          <Badge tone={connected ? 'success' : 'neutral'}>{connected ? texts.connected : texts.cutOff}</Badge>
        </span>
      }
      description={texts.stateHelp[state]}
    >
      <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        <Fact name={texts.revision}>
          {revision ?? '–'}{' '}
          <span className="text-soft">
            ({lag === undefined ? texts.unknownLag : texts.lag({ count: lag })})
          </span>
        </Fact>
        <Fact name={texts.acknowledged}>
          {acknowledgedAt === null ? texts.never : <Time at={acknowledgedAt} as="ago" />}
        </Fact>
        {'servesUntil' in verifier && (
          <Fact name={texts.servesUntil}>
            <Time at={verifier.servesUntil} />
          </Fact>
        )}
        <Fact name={texts.bounds}>
          <Bounds verifier={verifier} />
        </Fact>
        <Fact name={texts.usage}>
          {usage.reportedUntil === null ? texts.never : <Time at={usage.reportedUntil} as="ago" />}
        </Fact>
        <Fact name={texts.skew}>
          <Skew verifier={verifier} />
        </Fact>
        <Fact name={texts.version}>{version ?? '–'}</Fact>
        <Fact name={texts.token}>
          <code className="text-sm break-all">{verifier.token}</code>
        </Fact>
      </dl>
      {isClockOff(verifier) && (
        <div className="mt-4">
          <Callout kind="warning">
            <p>{texts.skewWarning}</p>
          </Callout>
        </div>
      )}
      {rejected.length > 0 && <Rejected rejected={rejected} />}
    </Panel>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-soft">{name}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}

function Bounds({ verifier: { staleness } }: { readonly verifier: Verifier }): ReactElement {
  const texts = useOperatorTexts().verifiers;
  const { locale } = useLanguage();
  const told = (seconds: number) => durationText(seconds, locale);
  const scopes = Object.entries(staleness.scopes);
  return (
    <>
      {texts.boundOf({
        secret: told(staleness.secret),
        temporary: told(staleness.temporary),
        open: told(staleness.public),
      })}
      {scopes.length > 0 && (
        <span className="block text-sm text-soft">
          {texts.byScope} {scopes.map(([scope, seconds]) => `${scope} ${told(seconds)}`).join(', ')}
        </span>
      )}
    </>
  );
}

function durationText(seconds: number, locale: string): string {
  const [value, unit] =
    seconds % 3600 === 0
      ? ([seconds / 3600, 'hour'] as const)
      : seconds % 60 === 0
        ? ([seconds / 60, 'minute'] as const)
        : ([seconds, 'second'] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}

function Skew({ verifier }: { readonly verifier: Verifier }): ReactElement {
  const texts = useOperatorTexts().verifiers;
  const ms = verifier.usage.clockSkewMs;
  if (ms === null) return <>–</>;
  if (!isClockOff(verifier)) return <>{texts.skewFine}</>;
  const seconds = (Math.abs(ms) / 1000).toFixed(1);
  return (
    <span className="text-warning-ink">
      {ms > 0 ? texts.skewBy({ seconds }) : texts.skewBehind({ seconds })}
    </span>
  );
}

/** Which record, where and why. */
function Rejected({ rejected }: Pick<Verifier, 'rejected'>): ReactElement {
  const texts = useOperatorTexts().verifiers;
  return (
    <div className="mt-4 flex flex-col gap-3">
      <Callout kind="danger" title={texts.rejected({ count: rejected.length })}>
        <p>{texts.rejectedText}</p>
      </Callout>
      <div className="overflow-hidden rounded-md border border-line">
        <Table label={texts.rejected({ count: rejected.length })}>
          <thead>
            <tr>
              <Th>{texts.which}</Th>
              <Th>{texts.where}</Th>
              <Th>{texts.why}</Th>
            </tr>
          </thead>
          <tbody>
            {rejected.map(({ id, revision, reason }) => (
              <tr key={`${id} ${revision} ${reason}`}>
                <Td>
                  <code className="text-sm break-all">{id ?? texts.unknownToken}</code>
                </Td>
                <Td>{revision ?? texts.snapshot}</Td>
                <Td>{reason}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </div>
  );
}
