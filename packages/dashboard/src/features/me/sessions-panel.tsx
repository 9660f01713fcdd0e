import type { SessionList } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FailureCallout, FailureState } from '../../api/failure.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { describeBrowser } from './describe-browser.ts';
import { sessionsQuery, useEndOtherSessions, useEndSession } from './queries.ts';
import { useMeTexts } from './texts.ts';

export function SessionsPanel(): ReactElement {
  const texts = useMeTexts();
  const sessions = useQuery(sessionsQuery);
  const endOthers = useEndOtherSessions();
  const toast = useToast();
  const hasOthers = sessions.data?.items.some(({ current }) => !current) === true;
  return (
    <Panel
      title={texts.sessions}
      description={texts.sessionsText}
      actions={
        hasOthers && (
          <Button
            isBusy={endOthers.isPending}
            onClick={() =>
              endOthers.mutate(undefined, { onSuccess: () => toast({ text: texts.othersEnded }) })
            }
          >
            {texts.endOthers}
          </Button>
        )
      }
    >
      <FailureCallout error={endOthers.error} />
      {sessions.isPending && <SkeletonLines lines={3} />}
      {sessions.isError && <FailureState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.data !== undefined && (
        <ul className="flex flex-col divide-y divide-line">
          {sessions.data.items.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
      {sessions.data !== undefined && !hasOthers && <p className="pt-2 text-soft">{texts.onlyThis}</p>}
    </Panel>
  );
}

function SessionRow({ session }: { readonly session: SessionList['items'][number] }): ReactElement {
  const texts = useMeTexts();
  const end = useEndSession();
  const toast = useToast();
  const browser = describeBrowser(session.client) ?? texts.unknownBrowser;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {browser}
          {session.current && <Badge tone="accent">{texts.current}</Badge>}
        </p>
        <p className="text-sm text-soft">
          {texts.seen} <Time at={session.seenAt} as="ago" /> · {texts.since} <Time at={session.createdAt} />
        </p>
        <FailureCallout error={end.error} />
      </div>
      {!session.current && (
        <Button
          size="small"
          aria-label={texts.endSession({ browser })}
          isBusy={end.isPending}
          onClick={() => end.mutate(session.id, { onSuccess: () => toast({ text: texts.ended }) })}
        >
          {texts.end}
        </Button>
      )}
    </li>
  );
}
