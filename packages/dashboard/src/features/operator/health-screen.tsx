import type { Verifiers } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { FailureState } from '../../api/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { OperatorPage } from './operator-page.tsx';
import { readyQuery, verifiersQuery, versionQuery } from './queries.ts';
import { useOperatorTexts } from './texts.ts';
import { figuresOf } from './verifier-figures.ts';

export function HealthScreen(): ReactElement {
  return <OperatorPage>{(operator) => <Health operator={operator} />}</OperatorPage>;
}

function Health({ operator }: { readonly operator: string }): ReactElement {
  const texts = useOperatorTexts();
  const ready = useQuery(readyQuery);
  const overview = useQuery(verifiersQuery(operator));
  return (
    <Page
      title={texts.health.title}
      description={texts.health.description}
      actions={<span className="text-sm text-soft">{texts.every}</span>}
    >
      {overview.isPending || ready.isPending ? (
        <SkeletonLines lines={8} />
      ) : overview.isError ? (
        <FailureState error={overview.error} onRetry={() => void overview.refetch()} />
      ) : (
        <>
          <Panel isFlush>
            <Signs isReady={ready.data === true} overview={overview.data} />
          </Panel>
          <Numbers overview={overview.data} />
          <p className="text-sm text-soft">
            <Link to="/operator/verifiers" className="text-accent-ink underline underline-offset-2">
              {texts.health.look}
            </Link>{' '}
            · {texts.health.metrics}
          </p>
        </>
      )}
    </Page>
  );
}

interface SignsProps {
  readonly isReady: boolean;
  readonly overview: Verifiers;
}

/** One line a question, each with its answer. */
function Signs({ isReady, overview }: SignsProps): ReactElement {
  const texts = useOperatorTexts().health;
  const { behind, outOfReach, unread, clocksOff } = figuresOf(overview);
  const feed =
    overview.verifiers.length === 0
      ? texts.noVerifiers
      : outOfReach > 0
        ? texts.cutOff({ count: outOfReach })
        : behind > 0
          ? texts.behind({ count: behind })
          : texts.allCurrent;
  const alarms = overview.alarms.length;
  return (
    <ul>
      <Sign name={texts.server} isGood={isReady}>
        {isReady ? texts.ready : texts.notReady}
      </Sign>
      <Sign name={texts.feed} isGood={behind === 0 && outOfReach === 0}>
        {feed}
      </Sign>
      <Sign name={texts.records} isGood={unread === 0}>
        {unread === 0 ? texts.allRead : texts.unread({ count: unread })}
      </Sign>
      <Sign name={texts.clocks} isGood={clocksOff === 0}>
        {clocksOff === 0 ? texts.clocksFine : texts.clocksOff({ count: clocksOff })}
      </Sign>
      <Sign name={texts.alarms} isGood={alarms === 0}>
        {alarms === 0 ? texts.noAlarms : texts.alarmCount({ count: alarms })}
      </Sign>
    </ul>
  );
}

interface SignProps {
  readonly name: string;
  readonly isGood: boolean;
  readonly children: ReactNode;
}

function Sign({ name, isGood, children }: SignProps): ReactElement {
  const texts = useOperatorTexts().health;
  const Icon = isGood ? CircleCheck : TriangleAlert;
  return (
    <li className="flex items-start gap-3 border-b border-line px-5 py-3.5 last:border-b-0">
      <Icon
        role="img"
        aria-label={isGood ? texts.good : texts.bad}
        className={isGood ? 'mt-0.5 size-5 text-success-ink' : 'mt-0.5 size-5 text-warning-ink'}
      />
      <div className="min-w-0">
        <p className="font-medium">{name}</p>
        <p className="text-soft">{children}</p>
      </div>
    </li>
  );
}

function Numbers({ overview }: { readonly overview: Verifiers }): ReactElement {
  const texts = useOperatorTexts();
  const version = useQuery(versionQuery);
  const { versions } = figuresOf(overview);
  const facts = [
    [texts.health.newest, String(overview.revision)],
    [texts.health.epoch, overview.epoch],
    [texts.health.serverVersion, version.data ?? '–'],
    [
      texts.health.verifierVersions,
      versions.map(({ version: each, count }) => `${each ?? '–'} × ${count}`).join(', ') || '–',
    ],
  ] as const;
  return (
    <Panel>
      <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        {facts.map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-xs text-soft">{name}</dt>
            <dd className="mt-0.5 break-all tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
