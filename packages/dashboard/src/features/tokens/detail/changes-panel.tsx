import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { FailureState } from '../../../api/failure.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { Time } from '../../../ui/time.tsx';
import { ActorName } from './actor-name.tsx';
import { changedFields } from './changed-fields.ts';
import { changesQuery } from './queries.ts';
import { useTokenPageTexts } from './texts.ts';

/** What was done to the token lately, from the audit log. */
export function ChangesPanel({
  account,
  token,
}: {
  readonly account: string;
  readonly token: string;
}): ReactElement {
  const { changes: texts } = useTokenPageTexts();
  const changes = useQuery(changesQuery(account, token));
  const actions: Readonly<Record<string, string>> = texts.actions;
  return (
    <Panel
      title={texts.title}
      actions={
        <Link
          to="/a/$account/audit"
          params={{ account }}
          search={{ subject: token }}
          className="text-sm text-accent-ink hover:underline"
        >
          {texts.all}
        </Link>
      }
    >
      {changes.isPending ? (
        <SkeletonLines lines={3} />
      ) : changes.isError ? (
        <FailureState error={changes.error} onRetry={() => void changes.refetch()} />
      ) : changes.data.length === 0 ? (
        <p className="text-soft">{texts.empty}</p>
      ) : (
        <ol className="flex flex-col gap-3">
          {changes.data.map((entry) => {
            const fields = entry.action === 'token.update' ? changedFields(entry) : [];
            return (
              <li key={entry.sequence}>
                <p className="font-medium">
                  {actions[entry.action] ?? entry.action}
                  {fields.length > 0 && (
                    <span className="font-normal text-soft">
                      {`: ${fields.map((field) => texts.fields[field]).join(', ')}`}
                    </span>
                  )}
                </p>
                <p className="text-sm text-soft">
                  <Time at={entry.at} as="ago" /> · <ActorName entry={entry} account={account} />
                </p>
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}
