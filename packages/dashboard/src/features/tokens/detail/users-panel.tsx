import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FailureState } from '../../../api/failure.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { groupUsers } from './group-users.ts';
import { usersQuery } from './queries.ts';
import { useTokenPageTexts } from './texts.ts';
import { UsersTable } from './users-table.tsx';

const DAYS = 30;
const SHOWN = 10;

/** The pages and programs that use the token most. */
export function UsersPanel({
  account,
  token,
}: {
  readonly account: string;
  readonly token: string;
}): ReactElement {
  const { users: texts } = useTokenPageTexts();
  const users = useQuery(usersQuery(account, token, DAYS));
  const groups = groupUsers(users.data?.users ?? []);
  return (
    <Panel title={texts.title} description={texts.days({ days: DAYS })} isFlush={groups.length > 0}>
      {users.isPending ? (
        <SkeletonLines lines={3} />
      ) : users.isError ? (
        <FailureState error={users.error} onRetry={() => void users.refetch()} />
      ) : groups.length === 0 ? (
        <p className="text-soft">{texts.empty}</p>
      ) : (
        <>
          <UsersTable users={groups.slice(0, SHOWN)} />
          {groups.length > SHOWN && (
            <p className="px-5 py-2.5 text-sm text-soft">{texts.more({ count: groups.length - SHOWN })}</p>
          )}
        </>
      )}
    </Panel>
  );
}
