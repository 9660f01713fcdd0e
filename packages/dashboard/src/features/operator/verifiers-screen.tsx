import type { Verifiers } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import type { ReactElement } from 'react';
import { FailureState } from '../../api/failure.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { OperatorPage } from './operator-page.tsx';
import { verifiersQuery } from './queries.ts';
import { useOperatorTexts } from './texts.ts';
import { VerifierCard } from './verifier-card.tsx';

export function VerifiersScreen(): ReactElement {
  return <OperatorPage>{(operator) => <VerifierList operator={operator} />}</OperatorPage>;
}

function VerifierList({ operator }: { readonly operator: string }): ReactElement {
  const texts = useOperatorTexts();
  const overview = useQuery(verifiersQuery(operator));
  return (
    <Page
      title={texts.verifiers.title}
      description={texts.verifiers.description}
      actions={<span className="text-sm text-soft">{texts.every}</span>}
    >
      {overview.isPending ? (
        <SkeletonLines lines={8} />
      ) : overview.isError ? (
        <FailureState error={overview.error} onRetry={() => void overview.refetch()} />
      ) : (
        <>
          {overview.data.verifiers.length === 0 && (
            <Panel>
              <EmptyState icon={Radio} title={texts.verifiers.empty}>
                <p>{texts.verifiers.emptyText}</p>
              </EmptyState>
            </Panel>
          )}
          {overview.data.verifiers.map((verifier) => (
            <VerifierCard key={verifier.id} verifier={verifier} head={overview.data} />
          ))}
          <Alarms alarms={overview.data.alarms} />
        </>
      )}
    </Page>
  );
}

function Alarms({ alarms }: Pick<Verifiers, 'alarms'>): ReactElement {
  const texts = useOperatorTexts().verifiers;
  if (alarms.length === 0) {
    return (
      <Panel title={texts.alarms}>
        <p className="text-soft">{texts.noAlarms}</p>
      </Panel>
    );
  }
  return (
    <Panel title={texts.alarms}>
      <Callout kind="danger">
        <p>{texts.alarmsText}</p>
      </Callout>
      <Table label={texts.alarms}>
        <thead>
          <tr>
            <Th>{texts.alarmAt}</Th>
            <Th>{texts.alarmReason}</Th>
            <Th>{texts.revived}</Th>
          </tr>
        </thead>
        <tbody>
          {alarms.map(({ at, reason, revived, epoch }) => (
            <tr key={epoch}>
              <Td>
                <Time at={at} />
              </Td>
              <Td>{texts.alarmReasons[reason]}</Td>
              <Td>{revived}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
